// Runs the Python scripts of test/peers where Python and their packages are there. PYTHON names another interpreter.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const python = process.env.PYTHON ?? 'python3';
const folder = join(import.meta.dirname, '../../peers');

/** Which of the packages are there; null where there is no Python. */
export function packagesOf(...names: string[]): string[] | null {
  try {
    return JSON.parse(runPython(join(folder, 'packages.py'), ...names));
  } catch {
    return null;
  }
}

/** Runs a file and gives what it prints. Errors: it fails, with what it says. */
export function runPython(file: string, ...args: string[]): string {
  return execFileSync(python, [file, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export const peerScript = (name: string): string => join(folder, name);

/** Whether a script is Python that compiles. Errors: it is not, with the place. */
export function compilePython(file: string): void {
  runPython('-m', 'py_compile', file);
}
