// What is done with every engine, by the page's address: keep the data on this
// device; open it and ask the first question; or ask all of them several times.
// The answer is left in window.answer for the driver of the browser.
//
// An engine is {keep(lines), open(), ask(question), columns(answer)}; each may
// return a promise. The clock runs over open and ask; columns makes the answer
// into arrays of numbers afterwards.
import { checksum } from "./facts.js";

const questions = ["q1", "q2", "q3", "q4", "q5", "q6"];
const asked = new URLSearchParams(location.search);

const steps = {
  async keep(engine) {
    await engine.keep(Number(asked.get("lines")));
    return {};
  },

  // first counts from the moment that the page was opened.
  async first(engine) {
    await engine.open();
    const answer = await engine.ask("q1");
    const took = performance.now();
    return { took, sums: { q1: checksum(await engine.columns(answer)) } };
  },

  async measure(engine) {
    const result = { open: await timed(() => engine.open()), first: {}, warm: {}, sums: {} };
    for (const question of questions) {
      let answer;
      const ask = async () => { answer = await engine.ask(question); };
      result.first[question] = await timed(ask);
      result.sums[question] = checksum(await engine.columns(answer));
      const times = [];
      for (let n = Number(asked.get("warm")); n > 0; n--) times.push(await timed(ask));
      result.warm[question] = times.sort((a, b) => a - b)[times.length >> 1];
    }
    return result;
  },
};

async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

export async function run(engine) {
  try {
    window.answer = await steps[asked.get("do")](engine);
  } catch (err) {
    window.answer = { error: String((err && err.stack) || err) };
  }
}

// inWorker is an engine that lives in a worker and is called by messages. It
// keeps its latest answer until columns asks for it.
export function inWorker(worker) {
  const waiting = [];
  worker.onmessage = ({ data }) => {
    const { resolve, reject } = waiting.shift();
    data.error ? reject(new Error(data.error)) : resolve(data.value);
  };
  worker.onerror = (event) => waiting.shift().reject(new Error(event.message));
  const call = (name) => (...args) => new Promise((resolve, reject) => {
    waiting.push({ resolve, reject });
    worker.postMessage({ name, args });
  });
  return { keep: call("keep"), open: call("open"), ask: call("ask"), columns: call("columns") };
}
