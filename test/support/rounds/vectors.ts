// Embeddings over durability rounds: none is empty, none changes by itself, none outlives the picture it was made from.
import type { Application } from '../../e2e/application.ts';
import type { Folder } from './folder.ts';
import { look, lookAtVectors } from './page.ts';

export interface VectorCheck {
  check(app: Application, wrong: (what: string) => void): Promise<void>;
}

/** Remembers the vector of each picture of each file. */
export function createVectorCheck(folder: Folder): VectorCheck {
  const known = new Map<string, { content: number | undefined; sum: number }>();
  return {
    async check({ page }, wrong) {
      const pathOf = new Map((await page.evaluate(look, 0)).rows.map(({ id, path }) => [id, path]));
      for (const { id, sum } of await page.evaluate(lookAtVectors)) {
        const path = pathOf.get(id) ?? '';
        const content = folder.content(path);
        const former = known.get(path);
        if (sum === 0) wrong(`the vector of ${path} is empty`);
        if (former && former.content === content && former.sum !== sum) wrong(`the vector of ${path} is another one`);
        if (former && former.content !== content && former.sum === sum)
          wrong(`the vector of ${path} is of its former picture`);
        known.set(path, { content, sum });
      }
    },
  };
}
