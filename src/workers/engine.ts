// The engine worker's entry: serves one onnxruntime-web instance. The model worker starts it, and ends it for another number of threads.
import { createEngine, type EngineCalls } from '../backbone/run/engine.ts';
import { type Port, serve } from './rpc.ts';

serve<EngineCalls>(self as unknown as Port, createEngine()); // a dedicated worker's scope; TypeScript's page library types `self` as a window
