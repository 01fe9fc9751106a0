/** The servers whose keys the process that is killed changes. */
export const changed = {
  create: 'sql-billing-weu',
  delete: 'sql-orders-weu',
  deletedKey: `kv-orders_tde-orders-old_${'0123456789abcdef'.repeat(2)}`,
  run: ['sql-run-1', 'sql-run-2', 'sql-run-3', 'sql-run-4'],
};
