// Decodes text of a data set by its Specific Character Set (PS3.3 C.12.1.1.2), with the code extensions of ISO 2022 (PS3.5 6.1.2.5).

/** What TextDecoder calls the character set of an ISO registration number. */
const encodings: Readonly<Record<string, string>> = {
  '6': 'latin1',
  '13': 'shift_jis',
  '58': 'gbk',
  '100': 'windows-1252',
  '101': 'iso-8859-2',
  '109': 'iso-8859-3',
  '110': 'iso-8859-4',
  '126': 'iso-8859-7',
  '127': 'iso-8859-6',
  '138': 'iso-8859-8',
  '144': 'iso-8859-5',
  '148': 'windows-1254',
  '149': 'euc-kr',
  '166': 'windows-874',
  '192': 'utf-8',
  '203': 'iso-8859-15',
};

/** Escape sequences (without ESC) and how the bytes behind them are read: as they are, or as JIS pairs of 7 bits. */
const escapes: Readonly<Record<string, { encoding: string; pairs?: 'x0208' | 'x0212' }>> = {
  '(B': { encoding: 'latin1' },
  '(J': { encoding: 'shift_jis' },
  ')I': { encoding: 'shift_jis' },
  $B: { encoding: 'euc-jp', pairs: 'x0208' },
  '$@': { encoding: 'euc-jp', pairs: 'x0208' },
  '$(D': { encoding: 'euc-jp', pairs: 'x0212' },
  '$)C': { encoding: 'euc-kr' },
  '$)A': { encoding: 'gbk' },
  '-A': { encoding: 'windows-1252' },
  '-B': { encoding: 'iso-8859-2' },
  '-C': { encoding: 'iso-8859-3' },
  '-D': { encoding: 'iso-8859-4' },
  '-F': { encoding: 'iso-8859-7' },
  '-G': { encoding: 'iso-8859-6' },
  '-H': { encoding: 'iso-8859-8' },
  '-L': { encoding: 'iso-8859-5' },
  '-M': { encoding: 'windows-1254' },
  '-T': { encoding: 'windows-874' },
};

const ESC = 0x1b;

/** TextDecoder's name for a value of Specific Character Set; misspellings like `ISO-IR 100` count. Unknown and empty ones are ISO_IR 6. */
export function encodingOf(charset: string | undefined): string {
  const name = charset?.trim().toUpperCase() ?? '';
  if (name === 'GB18030' || name === 'GBK') return name.toLowerCase();
  const number = /^ISO.*?IR[ _-]?(\d+)$/.exec(name)?.[1];
  return encodings[number ?? ''] ?? 'latin1';
}

/** Text of `bytes`; `charsets` are the values of Specific Character Set, whose first is in force until an escape sequence. */
export function decodeText(bytes: Uint8Array, charsets: readonly string[]): string {
  const first = new TextDecoder(encodingOf(charsets[0]));
  let end = bytes.indexOf(ESC);
  if (end < 0) return first.decode(bytes);
  let text = first.decode(bytes.subarray(0, end));
  while (end >= 0) {
    const start = end + 1;
    end = bytes.indexOf(ESC, start);
    text += afterEscape(bytes.subarray(start, end < 0 ? bytes.length : end));
  }
  return text;
}

/** Text of bytes that begin behind an ESC. An unknown sequence is left out. */
function afterEscape(bytes: Uint8Array): string {
  const code = String.fromCharCode(...bytes.subarray(0, 3));
  const key = code[0] === '$' && (code[1] === '(' || code[1] === ')') ? code : code.slice(0, 2);
  const { encoding, pairs } = escapes[key] ?? { encoding: 'latin1' };
  const content = bytes.subarray(key.length);
  return new TextDecoder(encoding).decode(pairs === undefined ? content : asEucJp(content, pairs));
}

/** EUC-JP has the pairs of JIS X 0208 with high bits, those of JIS X 0212 behind 8f. Control bytes stay as they are. */
function asEucJp(bytes: Uint8Array, pairs: 'x0208' | 'x0212'): Uint8Array {
  const out: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] ?? 0;
    if (lead <= 0x20) {
      out.push(lead);
      i++;
      continue;
    }
    if (pairs === 'x0212') out.push(0x8f);
    out.push(lead | 0x80, (bytes[i + 1] ?? 0) | 0x80);
    i += 2;
  }
  return Uint8Array.from(out);
}
