'use strict';
// Replaces VS Code's native logger, which needs a compiler. Without a logger, every log output channel is empty.
const fs = require('node:fs');
const path = require('node:path');

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const info = levels.indexOf('info');

function timestamp() {
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().replace('T', ' ').replace('Z', '');
}

class Logger {
  constructor(file) {
    this.file = file;
    this.level = info;
    this.formatted = true;
    fs.mkdirSync(path.dirname(file), { recursive: true });
  }

  write(level, message) {
    if (this.file === undefined || level < this.level) return;
    const line = this.formatted ? `${timestamp()} [${levels[level]}] ${message}\n` : message;
    try {
      fs.appendFileSync(this.file, line);
    } catch {
      // While VS Code shuts down, it logs after the log folder has been deleted.
    }
  }

  trace(message) {
    this.write(0, message);
  }
  debug(message) {
    this.write(1, message);
  }
  info(message) {
    this.write(2, message);
  }
  warn(message) {
    this.write(3, message);
  }
  error(message) {
    this.write(4, message);
  }
  critical(message) {
    this.write(5, message);
  }

  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {
    this.formatted = true;
  }
  clearFormatters() {
    this.formatted = false;
  }
  flush() {}
  drop() {
    this.file = undefined;
  }
}

const createLogger = async (_name, file) => new Logger(file);

exports.version = 10000;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
