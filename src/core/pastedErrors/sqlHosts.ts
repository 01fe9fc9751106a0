/** The logical servers and managed instances that a text names by their host names. */
export interface SqlHosts {
  readonly servers: readonly string[];
  readonly instances: readonly string[];
}

/** Of all clouds; the last one is closed. */
const host =
  /(?<![\w.-])([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3})\.database\.(?:windows\.net|chinacloudapi\.cn|usgovcloudapi\.net|cloudapi\.de)\b/gi;
/** What a public or private endpoint adds to the name of a server or instance. */
const addition = /^(?:public|privatelink)$/i;
/** The DNS zone of managed instances. */
const zone = /^[0-9a-f]{10,14}$/i;

/** `name.database.windows.net` is a logical server, `name.zone.database.windows.net` a managed instance; hosts of nodes and of secondaries, which have the name of a failover group, are neither. */
export function findSqlHosts(text: string): SqlHosts {
  const hosts = Array.from(text.matchAll(host), ([, labels = '']) => {
    const [name = '', ...others] = labels.split('.').filter((label, i) => i === 0 || !addition.test(label));
    return { name, others };
  });
  return {
    servers: hosts.flatMap(({ name, others }) => (others.length === 0 ? [name] : [])),
    instances: hosts.flatMap(({ name, others: [dnsZone = '', ...more] }) =>
      more.length === 0 && zone.test(dnsZone) ? [name] : [],
    ),
  };
}
