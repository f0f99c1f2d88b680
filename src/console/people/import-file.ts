// The import of a CSV file that was chosen on a page. Every line is tried before anybody is created.
import type { z } from 'zod'
import { RepeatedRows } from '../../admin/people/csv/repeated-rows.ts'
import type { RowReport } from '../../admin/people/csv/row-report.ts'
import { importAnswer, mostRows } from '../../admin/people/import-operation.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { FileRow, PeopleFile } from './people-file.ts'

export interface FileImport {
  /** Invitations by mail. */
  readonly invite: boolean
  /** Groups of everybody, besides those of their lines. */
  readonly groups: readonly string[]
  /** Whether lines that are wrong leave the others to be created. */
  readonly createsOthers: boolean
}

export interface Imported {
  /** False: some lines are wrong, and nobody was created. */
  readonly isDone: boolean
  /** In the order of the file. */
  readonly reports: readonly RowReport[]
}

/** @throws Problem when the person may not import at all */
export async function importFile(
  request: ConsoleRequest,
  file: PeopleFile,
  { invite, groups, createsOthers }: FileImport,
): Promise<Imported> {
  const rows = file.rows.map((row) => ({ ...row, body: withGroups(row.body, groups) }))
  const bodies = new Map(rows.map(({ line, body }) => [line, body]))
  const repeated = new RepeatedRows(file.columns)
  const tried = [...file.wrong, ...(await send(request, file, rows, { invite, dryRun: true }))]
    .sort(inOrder)
    .map((report) => repeated.check(report, bodies.get(report.line)))
  const wrong = tried.filter(({ status }) => status === 'failed')
  if (wrong.length > 0 && !createsOthers) return { isDone: false, reports: wrong }
  const notes = new Map(tried.map(({ line, notes: found = [] }) => [line, found]))
  const failed = new Set(wrong.map(({ line }) => line))
  const right = rows.filter(({ line }) => !failed.has(line))
  const done = await send(request, file, right, { invite, dryRun: false })
  const noted = done.map((report) => ({ ...report, notes: notes.get(report.line) ?? [] }))
  return { isDone: true, reports: [...wrong, ...noted].sort(inOrder) }
}

const inOrder = (one: RowReport, other: RowReport): number => one.line - other.line

function withGroups(body: FileRow['body'], more: readonly string[]): FileRow['body'] {
  const { groups = [] } = body as { readonly groups?: readonly string[] }
  const all = [...groups, ...more]
  return all.length === 0 ? body : { ...body, groups: [...new Set(all)] }
}

/** Asks the operation for as many rows at a time as it takes. */
async function send(
  request: ConsoleRequest,
  { columns }: PeopleFile,
  rows: readonly FileRow[],
  options: { readonly invite: boolean; readonly dryRun: boolean },
): Promise<readonly RowReport[]> {
  const reports: RowReport[] = []
  for (let at = 0; at < rows.length; at += mostRows) {
    const some = rows.slice(at, at + mostRows)
    const body = { rows: some.map((row) => row.body), ...options }
    const { results } = await request.perform('ImportPeople', importAnswer, { body })
    for (const [i, { line }] of some.entries()) {
      const result = results[i]
      if (result !== undefined) reports.push(reportOf(columns, line, result))
    }
  }
  return reports
}

function reportOf(
  columns: PeopleFile['columns'],
  line: number,
  { status, name, invited, errors }: z.output<typeof importAnswer>['results'][number],
): RowReport {
  const faults = errors?.map(({ field, message }) => ({
    ...(field !== '' && { column: columns.columnOf(field) }),
    message,
  }))
  return { line, status, name, ...(invited && { invited }), ...(faults && { errors: faults }) }
}
