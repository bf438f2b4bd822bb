// Runs the program and sends what it prints, in order.
let sent = Promise.resolve();
const post = (path, body) => {
	sent = sent.then(() => fetch(path, { method: 'POST', body }));
	return sent;
};
globalThis.fs.writeSync = (fd, buf) => {
	post('/print?fd=' + fd, buf.slice());
	return buf.length;
};
const go = new Go();
go.argv = setting.argv;
go.env = setting.env;
// A timer may still fire into a program that has ended; that is no failure.
let ended = false;
self.addEventListener('error', (e) => { if (ended) e.preventDefault(); });
go.exit = (code) => {
	ended = true;
	post('/exit?code=' + code, '');
};
const fail = (err) => post('/exit?code=2', 'worker: ' + (err && err.stack || err) + '\n');
WebAssembly.instantiateStreaming(fetch('/program.wasm'), go.importObject)
	.then(({ instance }) => go.run(instance))
	.catch(fail);
