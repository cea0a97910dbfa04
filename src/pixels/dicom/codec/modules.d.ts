// The codec packages bring no types: each has a factory and its binary.
declare module '@cornerstonejs/codec-*wasmjs' {
  // a namespace import of a script cannot name its classes; the caller says which it expects
  const factory: import('./wasm.ts').WasmFactory<never>;
  export default factory;
}
