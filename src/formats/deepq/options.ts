// What a person may choose when a DeepQ dataset is read.
import type { CodePage } from '../../shared/code-page.ts';
import type { FormatOptions } from '../types.ts';

/** Options of reading, complete. */
export interface DeepqOptions {
  /** The folder of the dataset with its last '/'; undefined: found. */
  root?: string;
  /** What a label file is read with that is not UTF-8; undefined: then it is refused. */
  codePage?: CodePage;
  /** Which counts where folders and label.csv disagree. */
  prefer: 'folders' | 'csv';
}

const PAGES: readonly CodePage[] = ['big5', 'shift_jis', 'gbk', 'cp949', 'windows-1252', 'cp866'];

/** Code pages of label files, with what people call them. */
export const codePageChoices: readonly { value: string; title: string }[] = [
  { value: '', title: 'UTF-8' },
  { value: 'big5', title: 'Big5' },
  { value: 'shift_jis', title: 'Shift-JIS' },
  { value: 'gbk', title: 'GBK' },
  { value: 'cp949', title: 'Korean (cp949)' },
  { value: 'windows-1252', title: 'Windows-1252' },
  { value: 'cp866', title: 'Cyrillic (cp866)' },
];

/** What the Encoding Standard calls a code page. */
export const labelOf = (page: CodePage): string => (page === 'cp949' ? 'euc-kr' : page === 'cp866' ? 'ibm866' : page);

/** Plain options as they are kept, with what is absent or unknown as its default. */
export function readOptions(given: FormatOptions): DeepqOptions {
  const codePage = PAGES.find((page) => page === given.codePage);
  return {
    ...(typeof given.root === 'string' ? { root: given.root } : {}),
    ...(codePage ? { codePage } : {}),
    prefer: given.prefer === 'csv' ? 'csv' : 'folders',
  };
}
