// Reads codes in pictures, in a worker of its own: the page goes on drawing. It
// uses the platform's detector where that reads what shops need, otherwise the
// one that stands behind "#" as JSON: {"script": …, "wasm": …}.
//
// The page sends {id, picture: ImageBitmap}; the answer is {id, codes: [text]},
// or {id, fault: text}. {ready: "platform" | "own"} comes first.
"use strict";

(() => {
  const start = JSON.parse(decodeURIComponent(self.location.hash.slice(1)));
  const wanted = ["ean_13", "ean_8", "upc_a", "upc_e", "code_128", "code_39", "itf", "qr_code", "data_matrix", "databar", "databar_expanded"];
  const needed = ["ean_13", "ean_8", "code_128", "qr_code", "data_matrix"];

  async function detector() {
    if ("BarcodeDetector" in self) {
      const formats = await self.BarcodeDetector.getSupportedFormats();
      if (needed.every((format) => formats.includes(format))) {
        self.postMessage({ ready: "platform" });
        return new self.BarcodeDetector({ formats: formats.filter((format) => wanted.includes(format)) });
      }
    }
    importScripts(start.script);
    const own = self.BarcodeDetectionAPI;
    await own.prepareZXingModule({
      overrides: { locateFile: (path, prefix) => (path.endsWith(".wasm") ? start.wasm : prefix + path) },
      fireImmediately: true,
    });
    self.postMessage({ ready: "own" });
    return new own.BarcodeDetector({ formats: wanted });
  }

  const made = detector();
  made.catch((err) => self.postMessage({ fault: String(err) }));

  self.onmessage = async (event) => {
    const { id, picture } = event.data;
    try {
      const found = await (await made).detect(picture);
      self.postMessage({ id, codes: found.map((code) => code.rawValue) });
    } catch (err) {
      self.postMessage({ id, fault: String(err) });
    } finally {
      picture.close();
    }
  };
})();
