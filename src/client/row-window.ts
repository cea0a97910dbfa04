// The rows on screen and a margin around them, loaded by pages from the catalog worker; nothing else of the view is held.
import { type Accessor, createSignal } from 'solid-js';
import type { Row, ViewInfo } from '../catalog/types.ts';
import type { RowWindow } from './types.ts';

/** Rows a page holds: one call answers a screen at ordinary cell sizes. */
const pageRows = 256;

type Load = (view: number, from: number, to: number, signal: AbortSignal) => Promise<{ version: number; rows: Row[] }>;

interface Page {
  rows: Accessor<readonly Row[]>;
  setRows(rows: readonly Row[]): void;
  controller: AbortController | null;
}

/** A window onto `view`. `refresh` loads what is shown again and keeps showing the old rows until the new ones are here. */
export function createRowWindow(load: Load, view: Accessor<ViewInfo | null>): RowWindow & { refresh(): void } {
  const pages = new Map<number, Page>();
  let [firstPage, lastPage] = [0, 0];
  // rows that are asked for before their page exists are told through this
  const [pageSet, setPageSet] = createSignal(0);

  function fetchPage(index: number): void {
    const info = view();
    if (!info) return;
    let page = pages.get(index);
    if (!page) {
      const [rows, setRows] = createSignal<readonly Row[]>([]);
      page = { rows, setRows, controller: null };
      pages.set(index, page);
      setPageSet((n) => n + 1);
    }
    page.controller?.abort();
    const controller = new AbortController();
    page.controller = controller;
    const from = index * pageRows;
    load(info.view, from, Math.min(from + pageRows, info.count), controller.signal).then(
      (answer) => {
        if (page.controller === controller) page.setRows(answer.rows);
      },
      () => undefined, // aborted, or the view was closed: the next refresh asks again
    );
  }

  function refresh(): void {
    const last = Math.floor(Math.max(0, (view()?.count ?? 0) - 1) / pageRows);
    for (const [index, page] of pages) {
      if (index >= firstPage && index <= Math.min(lastPage, last)) continue;
      page.controller?.abort();
      pages.delete(index);
    }
    for (let i = firstPage; i <= Math.min(lastPage, last); i++) fetchPage(i);
  }

  return {
    row(position) {
      pageSet();
      return pages.get(Math.floor(position / pageRows))?.rows()[position % pageRows];
    },
    show(from, to) {
      const margin = pageRows / 2;
      const [first, last] = [Math.floor(Math.max(0, from - margin) / pageRows), Math.floor((to + margin) / pageRows)];
      if (first === firstPage && last === lastPage && pages.size > 0) return;
      [firstPage, lastPage] = [first, last];
      const end = Math.floor(Math.max(0, (view()?.count ?? 0) - 1) / pageRows);
      for (const [index, page] of pages) {
        if (index >= first && index <= last) continue;
        page.controller?.abort();
        pages.delete(index);
      }
      for (let i = first; i <= Math.min(last, end); i++) if (!pages.has(i)) fetchPage(i);
    },
    refresh,
  };
}
