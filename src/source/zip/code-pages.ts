// Code pages of names in zips that do not say which one they are in: decoding, and whether a guess looks right.
import type { CodePage } from '../../shared/code-page.ts';

/** All code pages with the name that people know. */
const codePages: readonly { codePage: CodePage; title: string }[] = [
  { codePage: 'cp437', title: 'DOS (cp437)' },
  { codePage: 'big5', title: 'Traditional Chinese (Big5)' },
  { codePage: 'shift_jis', title: 'Japanese (Shift-JIS)' },
  { codePage: 'gbk', title: 'Simplified Chinese (GBK)' },
  { codePage: 'cp949', title: 'Korean (cp949)' },
  { codePage: 'windows-1252', title: 'Western European (Windows-1252)' },
  { codePage: 'cp866', title: 'Cyrillic (cp866)' },
];

/** The upper half of cp437, from 0x80 (Unicode's mapping CP437.TXT). */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** Windows-1252 from 0x80 to 0x9f (the Encoding Standard's index); above it is Latin-1. Node's decoder takes it for Latin-1 as a whole. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The upper halves of pages with one byte a character, as far as they differ from Latin-1. */
const SINGLE = { cp437: CP437, 'windows-1252': WINDOWS_1252 };

/** What the Encoding Standard calls the others. */
const LABELS: Record<Exclude<CodePage, 'cp437' | 'windows-1252'>, string> = {
  big5: 'big5',
  shift_jis: 'shift_jis',
  gbk: 'gbk',
  cp949: 'euc-kr', // in the Encoding Standard with the extension of Microsoft
  cp866: 'ibm866',
};

/** Decodes a name; bytes that the code page does not have become U+FFFD. */
export function decodeName(bytes: Uint8Array, codePage: CodePage): string {
  if (codePage !== 'cp437' && codePage !== 'windows-1252') return new TextDecoder(LABELS[codePage]).decode(bytes);
  const upper = SINGLE[codePage];
  let name = '';
  for (const byte of bytes) name += upper[byte - 0x80] ?? String.fromCharCode(byte);
  return name;
}

/** Bytes of cp437 that are letters of European languages: é in a name is likely, a box corner is not. */
const isLetter = (byte: number): boolean => byte <= 0x9a || (byte >= 0xa0 && byte <= 0xa5) || byte === 0xe1;

/**
 * True when names read as cp437 look like words of a European language: accented letters only, never three in a row. What else it may
 * be cannot be told from the bytes; that is why a person is asked when this is false.
 */
export function looksLikeCp437(names: Iterable<Uint8Array>): boolean {
  for (const name of names) {
    let run = 0;
    for (const byte of name) {
      run = byte < 0x80 ? 0 : run + 1;
      if (run > 2 || (byte >= 0x80 && !isLetter(byte))) return false;
    }
  }
  return true;
}

/** The names in every code page, those that have all their bytes first: what a person chooses from. */
export function previewNames(names: readonly Uint8Array[]): { codePage: CodePage; title: string; names: string[] }[] {
  const previews = codePages.map((page) => ({ ...page, names: names.map((name) => decodeName(name, page.codePage)) }));
  const fits = (decoded: readonly string[]): number => (decoded.some((name) => name.includes('\ufffd')) ? 1 : 0);
  return previews.sort((a, b) => fits(a.names) - fits(b.names));
}
