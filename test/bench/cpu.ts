// CPU time of the browser with all of its processes: on a machine that others use too it says more than the clock. Linux only.
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of /proc a second: USER_HZ is 100 on every Linux that browsers run on. */
const ticks = 100;

/** CPU seconds so far of all processes that this one started, and those they started; undefined where /proc is not. */
export function cpuSeconds(): number | undefined {
  const parents = new Map<string, { parent: string; seconds: number }>();
  try {
    for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const fields = statOf(id);
      // after the name: state, parent, …, user time (12th), system time, and both of children that ended
      if (fields) {
        const used = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
        parents.set(id, { parent: fields[1] ?? '', seconds: used / ticks });
      }
    }
  } catch {
    return undefined;
  }
  const isOurs = (id: string): boolean => {
    const parent = parents.get(id)?.parent;
    return parent !== undefined && (parent === String(process.pid) || isOurs(parent));
  };
  return [...parents].reduce((sum, [id, { seconds }]) => sum + (isOurs(id) ? seconds : 0), 0);
}

function statOf(id: string): string[] | undefined {
  try {
    return readFileSync(`/proc/${id}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' '); // a process's name may hold blanks
  } catch {
    return undefined; // it ended meanwhile
  }
}
