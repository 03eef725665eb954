import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { CsvRecords } from '../../src/app/imports/reading/csv-records.ts';
import { detectDelimiter, readHeader } from '../../src/app/imports/reading/header.ts';
import { readLineBlocks } from '../../src/app/imports/reading/line-blocks.ts';

interface Read {
  records: { line: number; cells: string[] }[];
  faults: { line: number; cell: number; reason: string }[];
}

async function* inPieces(text: string | Buffer, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string | Buffer, options: { columns?: number; size?: number } = {}): Promise<Read> {
  const result: Read = { records: [], faults: [] };
  const reader = new CsvRecords({
    delimiter: ',',
    columns: options.columns ?? 3,
    sink: {
      record: (line, cells) => void result.records.push({ line, cells }),
      fault: ({ line, cell, reason }) => void result.faults.push({ line, cell, reason }),
    },
  });
  for await (const block of readLineBlocks(inPieces(text, options.size ?? 65_536))) reader.push(block);
  reader.end();
  return result;
}

describe('reading CSV', () => {
  test('agrees with csv-parse on well-formed files, however the bytes are cut', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '中', '😀', ',', '"', '\n', ' ', ';', "'"),
      maxLength: 6,
    });
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), fc.boolean(), async (table, size, crlf) => {
        const quote = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
        const text = table.map((cells) => cells.map(quote).join(',')).join(crlf ? '\r\n' : '\n');
        const { records, faults } = await read(text, { size });
        expect(faults).toEqual([]);
        expect(records.map((record) => record.cells)).toEqual(parse(text, { relax_column_count: true }));
      }),
      { numRuns: 300 },
    );
  });

  test('counts lines through cells of several lines', async () => {
    const { records } = await read('a,"x\ny",c\n\nd,e,f\n');
    expect(records).toEqual([
      { line: 1, cells: ['a', 'x\ny', 'c'] },
      { line: 4, cells: ['d', 'e', 'f'] },
    ]);
  });

  test.each([
    { what: 'text after a closing quote', text: '1,2,3\na,"b"x,c\n4,5,6', cell: 1 },
    { what: 'a quote that is never closed', text: '1,2,3\na,"b,c\n4,5,6', cell: 1 },
    { what: 'a quote closed by the next quoted cell', text: '1,2,3\na,"b,c\n4,"5",6', cell: 1 },
    { what: 'too few columns', text: '1,2,3\na,b\n4,5,6', cell: 2 },
    { what: 'too many columns', text: '1,2,3\na,b,c,d\n4,5,6', cell: 3 },
  ])('loses one line to $what', async ({ text, cell }) => {
    const { records, faults } = await read(text);
    expect(records.map((record) => [record.line, record.cells.join('')])).toEqual([
      [1, '123'],
      [3, '456'],
    ]);
    expect(faults).toEqual([{ line: 2, cell, reason: expect.any(String) }]);
  });

  test('says on which line an unclosed quote begins', async () => {
    const { faults } = await read('1,2,3\n1,2,3\na,b,"c\n4,5,6\n');
    expect(faults[0]?.reason).toContain('begins on line 3 is never closed');
  });

  test.each([65_536, 20_000_000])('rejects a line of 10 MB and reads on (pieces of %i bytes)', async (size) => {
    const huge = `u1,${'x'.repeat(10_000_000)},1\n`;
    const { records, faults } = await read(`1,2,3\n${huge}4,5,6\n`, { size });
    expect(records.map((record) => record.line)).toEqual([1, 3]);
    expect(faults).toMatchObject([{ line: 2, cell: 1 }]);
  });

  test('gives up a quote after 1 MiB and reads the lines behind it', async () => {
    const rest = '4,5,6\n'.repeat(300_000);
    const { records, faults } = await read(`1,2,3\na,"b,c\n${rest}`);
    expect(records.length).toBe(300_001);
    expect(faults.map((fault) => fault.line)).toEqual([2]);
  });

  test('refuses bytes that are not UTF-8 and names the line', async () => {
    const text = Buffer.concat([Buffer.from('1,2,3\nä,5,6\n'), Buffer.from([0xb0, 0xa1, 0x2c, 0x0a])]);
    await expect(read(text)).rejects.toThrow(/^line 3: the file is not UTF-8/);
    await expect(read(Buffer.from('\uFEFFa,b,c\n', 'utf16le'))).rejects.toThrow(/UTF-16/);
  });
});

describe('reading a header', () => {
  const plan = { required: ['user_id', 'expires_at'], optional: ['reasons'], extras: null };

  test('finds the delimiter outside quotes', () => {
    expect(detectDelimiter('a;b;c')).toBe(';');
    expect(detectDelimiter('a,b')).toBe(',');
    expect(detectDelimiter('"a;b;c;d",e')).toBe(',');
  });

  test('takes the columns in any order', () => {
    expect(readHeader(['reasons', 'Expires_At', ' user_id'], plan).positions).toEqual([2, 1, 0]);
  });

  test('names missing and unknown columns and what was probably meant', () => {
    const refused = (): unknown => readHeader(['user-id', 'expires_at', 'reason', 'zzzzzz'], plan);
    expect(refused).toThrow('missing column user_id; unknown columns "user-id", "reason", "zzzzzz"');
    try {
      refused();
    } catch (error) {
      expect((error as { fix: string }).fix).toBe(
        'rename "user-id" to user_id; rename "reason" to reasons; the columns are user_id, expires_at, reasons',
      );
    }
  });

  test('refuses a column that is there twice', () => {
    expect(() => readHeader(['user_id', 'expires_at', 'user_id'], plan)).toThrow('the column "user_id" is there twice');
  });
});
