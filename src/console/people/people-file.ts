// A CSV file of people (docs/import.md) that was chosen on a page: small enough to be read and imported in one request. Larger ones
// are imported by the command, which holds a few lines at a time.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fieldFault, known, t, type Words } from '../../../views/console/message.ts'
import { HeaderFault, PeopleColumns } from '../../admin/people/csv/columns.ts'
import { csvRecords, NotUtf8 } from '../../admin/people/csv/csv-records.ts'
import type { RowReport } from '../../admin/people/csv/row-report.ts'
import { sentence } from '../frame/sentence.ts'

/** Bytes; the messages below say so, too. */
export const mostFileBytes = 1_000_000
export const mostFileLines = 1_000

export interface PeopleFile {
  readonly columns: PeopleColumns
  /** What creates the person of each line. */
  readonly rows: readonly FileRow[]
  /** Lines that are not worth sending. */
  readonly wrong: readonly RowReport[]
}

export interface FileRow {
  readonly line: number
  readonly body: Readonly<Record<string, unknown>>
}

export const tooLarge = t(
  'The file is larger than 1 MB. Import it with the command `npx chancery people import people.csv`.',
)
const tooLong = t(
  'The file has more than 1,000 people. Import it with the command `npx chancery people import people.csv`.',
)
const noText = t('This is no CSV file in UTF-8. Save it as CSV with commas, in UTF-8.')

/** Characters that only a binary file has: replacements for what is not UTF-8, and control characters. */
const binary = /[\ufffd\0-\b\x0e-\x1f]/

/** @returns the file, or what is wrong with it as a whole, as sentences */
export async function readPeopleFile(
  bytes: Buffer,
): Promise<PeopleFile | { readonly faults: readonly Words[] }> {
  if (bytes.length > mostFileBytes) return { faults: [tooLarge] }
  let columns: PeopleColumns | undefined
  const rows: FileRow[] = []
  const wrong: RowReport[] = []
  try {
    for await (const record of csvRecords(chunksOf(bytes))) {
      if (columns === undefined) {
        if ('fault' in record) {
          const field = t('Line {line}', { line: record.line })
          return { faults: [fieldFault(field, record.fault)] }
        }
        if (record.fields.some((name) => binary.test(name))) return { faults: [noText] }
        columns = new PeopleColumns(record.fields)
        continue
      }
      if (rows.length + wrong.length === mostFileLines) return { faults: [tooLong] }
      const { line } = record
      const row =
        'fault' in record ? { name: '', faults: [{ message: record.fault }] } : columns.read(record.fields)
      if ('faults' in row) wrong.push({ line, status: 'failed', name: row.name, errors: row.faults })
      else rows.push({ line, body: row.body })
    }
  } catch (error) {
    if (error instanceof NotUtf8) return { faults: [noText] }
    if (error instanceof HeaderFault) return { faults: error.faults.map((fault) => known(sentence(fault))) }
    throw error
  }
  if (columns === undefined || rows.length + wrong.length === 0)
    return { faults: [t('There are no people in this file.')] }
  return { columns, rows, wrong }
}

/** Bytes that are read at a time. */
const chunkBytes = 65_536

/** Others have a turn after each. */
async function* chunksOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    yield bytes.subarray(at, at + chunkBytes)
    await nextTurn()
  }
}
