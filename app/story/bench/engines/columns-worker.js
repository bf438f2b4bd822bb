// The report worker's engine, started as the product starts it; the program's
// own object tillsight is the engine, see app/insight/bench.
"use strict";

importScripts("/wasm_exec.js");

const go = new Go();
const ready = new Promise((resolve) => { self.tillsightReady = resolve; });
WebAssembly.instantiateStreaming(fetch("/insightbench.wasm"), go.importObject).then(({ instance }) => go.run(instance));

self.onmessage = async ({ data: { name, args } }) => {
  await ready;
  try {
    const value = await self.tillsight[name](...args);
    if (value instanceof Error) throw value;
    self.postMessage({ value });
  } catch (err) {
    self.postMessage({ error: String(err) });
  }
};
