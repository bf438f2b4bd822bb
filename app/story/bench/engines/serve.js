// The worker's side of an engine that is called by messages, see run.js.
export function serve(engine) {
  self.onmessage = async ({ data: { name, args } }) => {
    try {
      self.postMessage({ value: await engine[name](...args) });
    } catch (err) {
      self.postMessage({ error: String((err && err.stack) || err) });
    }
  };
}
