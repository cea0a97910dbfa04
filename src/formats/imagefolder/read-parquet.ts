// Reads records out of metadata.parquet, row group by row group.
import { toVitrineError, VitrineError } from '../../shared/errors.ts';
import type { DatasetFiles, FieldValue } from '../types.ts';
import type { OnRecord, ReadStep } from './read-jsonl.ts';

/** Rows that become values at once; a row group can hold a million. */
const BAND = 20_000;

/** Records of a Parquet file; entries are numbered from 1 in place of lines. Errors: `unreadable`, `unsupported`, `aborted`. */
export async function* readParquetRecords(
  files: Pick<DatasetFiles, 'bytes' | 'size'>,
  file: string,
  onRecord: OnRecord,
  signal?: AbortSignal,
): AsyncGenerator<ReadStep, void, undefined> {
  const { parquetMetadataAsync, parquetRead, parquetSchema } = await import('hyparquet');
  const byteLength = await files.size(file);
  const buffer = {
    byteLength,
    async slice(start: number, end = byteLength): Promise<ArrayBuffer> {
      const bytes = await files.bytes(file, start, end);
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    },
  };
  try {
    const metadata = await parquetMetadataAsync(buffer);
    const names = parquetSchema(metadata).children.map((child) => child.element.name);
    const compressors = await decompressors(
      metadata.row_groups.flatMap(({ columns }) => columns),
      file,
    );
    let rowStart = 0;
    let done = 0;
    const values: FieldValue[] = [];
    const keys: string[] = [];
    for (const group of metadata.row_groups) {
      const end = rowStart + Number(group.num_rows);
      for (; rowStart < end; rowStart += BAND) {
        signal?.throwIfAborted();
        const rowEnd = Math.min(end, rowStart + BAND);
        const rows: unknown[][] = [];
        await parquetRead({
          file: buffer,
          metadata,
          compressors,
          rowStart,
          rowEnd,
          useOffsetIndex: true,
          onComplete: (given: unknown[][]) => {
            for (const row of given) rows.push(row);
          },
        });
        for (const [n, row] of rows.entries()) {
          let count = 0;
          for (const [i, name] of names.entries()) {
            const value = fieldOf(row[i]);
            if (value === undefined) continue;
            keys[count] = name;
            values[count++] = value;
          }
          onRecord({ line: rowStart + n + 1, count, keys, values });
        }
        done = rowEnd / Math.max(1, Number(metadata.num_rows));
        yield { issues: [], lost: 0, bytes: done * byteLength };
      }
      rowStart = end;
    }
  } catch (error) {
    if (error instanceof VitrineError || signal?.aborted) throw toVitrineError(error, file);
    const text = error instanceof Error ? error.message : String(error);
    throw new VitrineError(
      'unreadable',
      `${file} is no Parquet file that can be read (${text}). Write it again, for example with pandas.`,
      {
        file,
        cause: error,
      },
    );
  }
}

/** Snappy is built in; Zstandard comes with its own decoder. Errors: `unsupported`. */
async function decompressors(columns: readonly { meta_data?: { codec: string } }[], file: string) {
  const codecs = new Set(columns.map(({ meta_data }) => meta_data?.codec ?? 'UNCOMPRESSED'));
  const other = [...codecs].find((codec) => !['UNCOMPRESSED', 'SNAPPY', 'ZSTD'].includes(codec));
  if (other !== undefined)
    throw new VitrineError(
      'unsupported',
      `${file} is compressed with ${other}, which is not read. Write it with snappy, the usual compression.`,
      { file },
    );
  if (!codecs.has('ZSTD')) return {};
  const { ZSTDDecoder } = await import('zstddec');
  const decoder = new ZSTDDecoder();
  await decoder.init();
  return { ZSTD: (input: Uint8Array, outputLength: number) => decoder.decode(input, outputLength) };
}

/** A Parquet value as a field's value; undefined for bytes, which say nothing to people. */
function fieldOf(value: unknown): FieldValue | undefined {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return integerOf(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return undefined;
  return { json: jsonOf(value) };
}

const integerOf = (value: bigint): FieldValue =>
  Number.isSafeInteger(Number(value)) ? Number(value) : { json: value.toString() };

/** Raw JSON in the spelling of Python, integers in full. */
function jsonOf(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(', ')}]`;
  if (ArrayBuffer.isView(value)) return 'null';
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, one]) => `${JSON.stringify(key)}: ${jsonOf(one)}`)
      .join(', ')}}`;
  return JSON.stringify(value) ?? 'null';
}
