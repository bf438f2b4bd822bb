// Measures inside the page. Added before the page's own scripts; what it learns
// is in window.tillBench.
"use strict";
(() => {
  const bench = window.tillBench = {};
  const now = () => performance.now();
  const frame = () => new Promise(requestAnimationFrame);

  // seen resolves with the time of the first animation frame at which condition
  // holds after the document changed.
  const seen = (condition) => new Promise((resolve) => {
    const look = () => {
      let holds = false;
      try { holds = condition(); } catch { /* not there yet */ }
      if (!holds) return false;
      watcher.disconnect();
      const changed = now();
      requestAnimationFrame(() => resolve({ changed, shown: now() }));
      return true;
    };
    const watcher = new MutationObserver(look);
    if (!look()) watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  bench.seen = seen;

  const till = () => document.querySelector("#till");
  const onScreen = (name) => () => till().dataset.screen === name;

  // ready resolves with the milliseconds from the opening of the address to the
  // frame at which the till is in a phase and css is there.
  bench.ready = (phase, css) => seen(() => till().dataset.phase === phase && document.querySelector(css))
    .then(({ shown }) => shown);

  // phaseAfterClick resolves with the milliseconds from a click on css.
  bench.afterClick = (css, phase) => {
    bench.clicked = new Promise((resolve) => {
      document.addEventListener("click", (e) => {
        if (!e.target.closest(css)) return;
        const from = now();
        seen(() => till().dataset.phase === phase).then(({ shown }) => resolve(shown - from));
      }, { capture: true });
    });
  };

  const key = (key, code) => {
    for (const type of ["keydown", "keyup"]) {
      (document.activeElement || document.body).dispatchEvent(
        new KeyboardEvent(type, { key, code, bubbles: true, cancelable: true, composed: true }));
    }
  };
  // scan types a code as a wedge scanner does and returns the time before its last key.
  const scan = (code) => {
    for (const c of code) key(c, "Digit" + c);
    const last = now();
    key("Enter", "Enter");
    return last;
  };
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  // line scans a code whose line is to be number n: milliseconds to the worker's
  // answer, to the changed document and to the frame that shows it.
  const line = async (code, n) => {
    const done = seen(() => document.querySelector(`#lines .line[data-n="${n}"]`));
    answered = 0;
    const last = scan(code);
    const { changed, shown } = await done;
    return { answered: answered - last, changed: changed - last, shown: shown - last };
  };

  const pay = async () => {
    key("F12", "F12");
    await seen(onScreen("pay"));
    key("F12", "F12");
    await seen(onScreen("paid"));
    key("Enter", "Enter");
    await seen(() => onScreen("sell")() && !document.querySelector("#lines .line"));
  };
  bench.pay = pay;

  // sell makes receipts of so many lines and returns the times of the scans from
  // line number first on. Pauses of random length keep step with nothing.
  bench.sell = async (codes, receipts, lines, first, pauseMax) => {
    const answered = [], changed = [], shown = [];
    for (let r = 0, c = 0; r < receipts; r++) {
      for (let n = 1; n <= lines; n++) {
        const t = await line(codes[c++ % codes.length], n);
        if (n >= first) {
          answered.push(t.answered);
          changed.push(t.changed);
          shown.push(t.shown);
        }
        if (pauseMax > 0) await pause(Math.random() * pauseMax);
      }
      await pay();
    }
    return { answered, changed, shown };
  };

  // day makes receipts at the worker, past the page, as fast as it can.
  bench.day = async (codes, receipts, lines) => {
    for (let r = 0, c = 0; r < receipts; r++) {
      let open;
      for (let n = 0; n < lines; n++) open = await bench.ask("till.scan", { code: codes[c++ % codes.length] });
      await bench.ask("till.pay", { id: open.id, tenders: [{ kind: "cash", amount: open.total }] });
    }
  };

  // find types texts into the input line, each in one go, and returns the
  // milliseconds to the worker's answer and to the frame that shows it.
  bench.find = async (texts, pauseMax) => {
    const answered = [], shown = [], field = document.querySelector("#find");
    const type = (text) => {
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const state = () => document.querySelector(".goods");
    for (const text of texts) {
      type("");
      await seen(() => document.querySelector(".goods.quick"));
      await pause(20 + Math.random() * pauseMax);
      const done = seen(() => state().id === "results" || state().querySelector(".empty"));
      bench.heard = 0;
      const from = now();
      type(text);
      await done;
      shown.push(now() - from);
      answered.push(bench.heard - from);
    }
    type("");
    return { answered, shown };
  };

  // floor is the same scan on a page that only appends a line itself.
  bench.floor = async (times, pauseMax) => {
    const list = document.createElement("ol");
    list.style.cssText = "position:fixed;inset:0 auto auto 0;height:1px;overflow:hidden";
    document.body.append(list);
    const own = (e) => {
      if (e.key !== "Enter" || !e.floor) return;
      const item = document.createElement("li");
      item.textContent = "Line " + list.childElementCount;
      list.append(item);
    };
    list.addEventListener("keydown", own);
    const shown = [];
    for (let i = 0; i < times; i++) {
      const count = list.childElementCount;
      const done = seen(() => list.childElementCount > count);
      const e = new KeyboardEvent("keydown", { key: "Enter" });
      e.floor = true;
      const last = now();
      list.dispatchEvent(e);
      shown.push((await done).shown - last);
      await pause(Math.random() * pauseMax);
    }
    list.remove();
    return { shown };
  };

  // burst scans at a fixed rate, late scans at once, and returns what it scanned.
  bench.burst = async (codes, perSecond, seconds) => {
    const total = perSecond * seconds, counts = {}, began = now();
    let made = 0, late = 0;
    while (made < total) {
      const due = began + made * 1000 / perSecond;
      if (now() < due) { await pause(Math.min(5, due - now())); continue; }
      late = Math.max(late, now() - due);
      const code = codes[made++ % codes.length];
      counts[code] = (counts[code] || 0) + 1;
      scan(code);
    }
    return { counts, late, took: now() - began };
  };

  // taken waits until the worker has sold so many pieces and the page shows what
  // they come to, or for a minute: then some are lost.
  bench.taken = async (pieces) => {
    for (const end = now() + 60_000; now() < end; await pause(50)) {
      const { receipt } = await bench.ask("till.state");
      const sold = receipt ? receipt.lines.reduce((sum, line) => sum + line.qty / 1000, 0) : 0;
      if (sold === pieces && document.querySelector("#total").textContent.replace(/\D/g, "") === String(receipt.total)) return;
    }
  };

  // The till's worker, asked directly: package app/bridge's frames.
  let worker, asked = 0xf0000000, answered = 0; // answered: when its first message after a scan came
  window.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      worker = this;
      this.addEventListener("message", () => { answered = answered || now(); bench.heard = bench.heard || now(); });
    }
  };
  bench.ask = (method, request) => new Promise((resolve, reject) => {
    const name = new TextEncoder().encode(method), id = asked++;
    const body = new TextEncoder().encode(request === undefined ? "" : JSON.stringify(request));
    const out = new Uint8Array(6 + name.length + body.length), head = new DataView(out.buffer);
    head.setUint8(0, 2);
    head.setUint32(1, id, true);
    head.setUint8(5, name.length);
    out.set(name, 6);
    out.set(body, 6 + name.length);
    const answer = (e) => {
      const b = e.data;
      if (!(b instanceof Uint8Array) || new DataView(b.buffer, b.byteOffset).getUint32(1, true) !== id) return;
      worker.removeEventListener("message", answer);
      const text = new TextDecoder().decode(b.subarray(6 + b[5]));
      b[0] === 4 ? resolve(JSON.parse(text)) : reject(new Error(method + ": " + text));
    };
    worker.addEventListener("message", answer);
    worker.postMessage(out);
  });
})();
