// Starts a worker's Go program. The page gives the addresses behind "#" as JSON:
// {"wasm": …, "exec": …, "name": …}. The program says itself when it listens
// (package app/bridge); its end, whatever the cause, reaches the page as an error.
"use strict";

(() => {
  const start = JSON.parse(decodeURIComponent(self.location.hash.slice(1)));

  function end(reason) {
    setTimeout(() => { throw new Error(start.name + ": " + reason); });
  }

  importScripts(start.exec);
  const go = new Go();
  go.argv = [start.name];
  let code = 0;
  go.exit = (status) => { code = status; };
  WebAssembly.instantiateStreaming(fetch(start.wasm), go.importObject)
    .then((program) => go.run(program.instance))
    .then(() => end("exit " + code), end);
})();
