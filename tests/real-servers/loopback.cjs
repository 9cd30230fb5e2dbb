// Loaded before a server of this folder: whatever ports it was told, it listens on free ones of 127.0.0.1. The port it got instead of
// the one named by LISTEN_FOR goes into the file named by LISTEN_FILE. It ends when the process that started it is gone.
'use strict';
const fs = require('node:fs');
const net = require('node:net');

const { LISTEN_FOR, LISTEN_FILE } = process.env;
const listen = net.Server.prototype.listen;
const starter = process.ppid;

net.Server.prototype.listen = function (...args) {
  const [first] = args;
  const options = first !== null && typeof first === 'object' ? first : { port: first };
  if (!/^\d+$/.test(String(options.port))) {
    return listen.apply(this, args);
  }

  if (String(options.port) === LISTEN_FOR) {
    this.once('listening', () => announce(this.address().port));
  }

  const callback = args.find((argument) => typeof argument === 'function');
  return listen.call(this, { ...options, port: 0, host: '127.0.0.1' }, callback);
};

// Written beside and renamed, so that nobody reads half a number.
function announce(port) {
  fs.writeFileSync(`${LISTEN_FILE}.part`, String(port));
  fs.renameSync(`${LISTEN_FILE}.part`, LISTEN_FILE);
}

setInterval(() => process.ppid === starter || process.exit(), 1000).unref();
