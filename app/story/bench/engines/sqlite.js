import { inWorker, run } from "./run.js";

run(inWorker(new Worker("/sqlite-worker.js", { type: "module" })));
