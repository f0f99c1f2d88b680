// `chancery people import`: a CSV file, sent to the admin API in requests of some rows each, one after the other. Every request can
// be sent again: who was created already is compared and never changed. So an import that stopped is run again.
import { setTimeout as pause } from 'node:timers/promises'
import { Command } from 'commander'
import { HeaderFault, PeopleColumns } from '../../admin/people/csv/columns.ts'
import { csvRecords, NotUtf8 } from '../../admin/people/csv/csv-records.ts'
import { RepeatedRows } from '../../admin/people/csv/repeated-rows.ts'
import type { PersonFault, RowReport } from '../../admin/people/csv/row-report.ts'
import { mostRows } from '../../admin/people/import-operation.ts'
import { UsageError } from '../../policy/command/command-result.ts'
import { isProblem } from '../../problem.ts'
import { type AdminAnswer, type AdminSource, explainRefusal } from '../admin/answer.ts'
import { type CommandContext, type ExitCode, ending, type MakeCommand } from '../context.ts'
import { type Progress, withProgress } from '../progress.ts'
import { emptyCounts, reportLine, summaryOf } from './report.ts'

interface Options extends AdminSource {
  readonly dryRun?: boolean
  readonly invite?: boolean
  readonly json?: boolean
}

type Members = Readonly<Record<string, unknown>>

interface Row {
  readonly line: number
  readonly body: Members
}

/** Characters of the rows of one request. */
const mostCharacters = 256 * 1024
/** Rows of the first request; of later ones as many as the server does in about a second. */
const firstRows = 25
/** Milliseconds of a request after which the next one has twice as many rows, and half as many. */
const fast = 1_000
const slow = 5_000
/** Seconds before a request or row that the server could not take is sent again. */
const pauses = [1, 2, 4, 8, 16, 30]

export const importCommand: MakeCommand = (context, ended) =>
  new Command('import')
    .description('create the people of a CSV file; who exists already is compared and never changed')
    .argument('<file>', 'CSV in UTF-8 with a header, `-` for standard input')
    .option('--dry-run', 'only say what would be done')
    .option('--invite', 'send an invitation by mail to each who has no password')
    .option('--json', 'print a line of JSON for each row')
    .option('--url <url>', 'URL of the server')
    .option('--profile <name>', 'profile of the AWS configuration files')
    .addHelpText('after', '\nExit codes: 0 every row is there, 1 some are not, or it was interrupted.')
    .action((file: string, options: Options) =>
      ending({ context, ended }, () =>
        withProgress(context, 'rows', (progress) => new PeopleImport(context, options, progress).run(file)),
      ),
    )

/** The import stopped before its end; the message says why. */
class Stopped extends Error {}

class PeopleImport {
  readonly #context: CommandContext
  readonly #options: Options
  readonly #progress: Progress
  readonly #stopped: AbortSignal
  readonly #counts = emptyCounts()
  #columns: PeopleColumns | undefined
  /** Of a dry run. */
  #repeated: RepeatedRows | undefined
  #rows: Row[] = []
  #characters = 0
  /** Rows of the next request. */
  #most = firstRows
  /** Of the rows that are not sent yet, in the order of the file. */
  #faulty: RowReport[] = []
  #lastLine = 1
  #hasAnswered = false

  constructor(context: CommandContext, options: Options, progress: Progress) {
    this.#context = context
    this.#options = options
    this.#progress = progress
    this.#stopped = context.stopped()
  }

  async run(file: string): Promise<ExitCode> {
    const { err } = this.#context
    try {
      await this.#read(file)
    } catch (error) {
      if (error instanceof NotUtf8) throw new UsageError(`${file} is UTF-16: save it as CSV in UTF-8`)
      if (!(error instanceof Stopped)) throw error
      err(`${summaryOf(this.#counts, this.#options.dryRun === true)}\n`)
      err(
        `${error.message}: stopped after line ${this.#lastLine}. Run the same command again to go on: who was created is found unchanged.\n`,
      )
      return 1
    }
    err(`${summaryOf(this.#counts, this.#options.dryRun === true)}\n`)
    return this.#counts.failed === 0 ? 0 : 1
  }

  async #read(file: string): Promise<void> {
    for await (const record of csvRecords(this.#context.open(file))) {
      if (this.#stopped.aborted) throw new Stopped('interrupted')
      if (this.#columns === undefined) {
        if ('fault' in record) throw new UsageError(`line ${record.line}: ${record.fault}`)
        this.#columns = columnsOf(record.fields)
        if (this.#options.dryRun) this.#repeated = new RepeatedRows(this.#columns)
        continue
      }
      const { line } = record
      const row =
        'fault' in record
          ? { name: '', faults: [{ message: record.fault }] }
          : this.#columns.read(record.fields)
      if ('faults' in row) this.#faulty.push({ line, status: 'failed', name: row.name, errors: row.faults })
      else this.#add({ line, body: row.body })
      if (this.#rows.length + this.#faulty.length >= this.#most || this.#characters > mostCharacters)
        await this.#send()
    }
    if (this.#columns === undefined)
      throw new UsageError(`${file} has no header: its first line names the columns`)
    await this.#send()
  }

  #add(row: Row): void {
    this.#rows.push(row)
    this.#characters += JSON.stringify(row.body).length
  }

  /** Sends the rows that were read and reports them, with those that were not worth sending. */
  async #send(): Promise<void> {
    const reports = [...this.#faulty, ...(await this.#imported(this.#rows))]
    const bodies = new Map(this.#rows.map(({ line, body }) => [line, body]))
    this.#rows = []
    this.#faulty = []
    this.#characters = 0
    for (const report of reports.sort((a, b) => a.line - b.line))
      this.#report(this.#repeated?.check(report, bodies.get(report.line)) ?? report)
    this.#progress(this.#counts.created + this.#counts.unchanged + this.#counts.failed)
  }

  #report(report: RowReport): void {
    this.#counts[report.status]++
    if (report.invited) this.#counts.invited++
    this.#lastLine = report.line
    this.#context.out(this.#options.json ? `${JSON.stringify(report)}\n` : reportLine(report))
  }

  /** Rows that the server cannot take now, such as when too much mail waits, are sent again after a pause. */
  async #imported(rows: readonly Row[]): Promise<readonly RowReport[]> {
    const reports: RowReport[] = []
    let left = rows
    for (const seconds of [...pauses, undefined]) {
      if (left.length === 0) break
      const results = await this.#request(left)
      const again: Row[] = []
      for (const [at, row] of left.entries()) {
        const result = membersOf(results[at])
        if (seconds !== undefined && /^(unavailable|throttled)$/.test(String(result['code']))) again.push(row)
        else reports.push(this.#reportOf(row, result))
      }
      left = again
      if (left.length > 0 && seconds !== undefined) await this.#pause(seconds)
    }
    return reports
  }

  #reportOf({ line }: Row, result: Members): RowReport {
    const { status, name, invited, errors } = result
    return {
      line,
      status: status === 'created' || status === 'unchanged' ? status : 'failed',
      name: String(name),
      ...(invited === true && { invited }),
      ...(Array.isArray(errors) && { errors: errors.map((one) => this.#faultOf(membersOf(one))) }),
    }
  }

  #faultOf({ field, message }: Members): PersonFault {
    const column =
      field === '' || this.#columns === undefined ? undefined : this.#columns.columnOf(String(field))
    return { ...(column !== undefined && { column }), message: String(message) }
  }

  /** @throws Stopped when the server refuses the request, or cannot be reached for long */
  async #request(rows: readonly Row[]): Promise<readonly unknown[]> {
    for (const seconds of [...pauses, undefined]) {
      const answer = await this.#answer(rows, seconds !== undefined)
      const results = answer && membersOf(answer.body)['results']
      if (Array.isArray(results)) {
        this.#hasAnswered = true
        return results
      }
      if (seconds === undefined || (answer !== undefined && answer.status < 500 && answer.status !== 429))
        throw new Stopped(answer === undefined ? 'the server did not answer' : explainRefusal(answer))
      await this.#pause(seconds)
    }
    throw new Stopped('the server did not answer')
  }

  /** Undefined when the server could not be reached. @throws Problem when it never was, or `again` is false */
  async #answer(rows: readonly Row[], again: boolean): Promise<AdminAnswer | undefined> {
    const { dryRun = false, invite = false, url, profile } = this.#options
    const began = performance.now()
    try {
      return await this.#context.callAdmin(
        { url, profile },
        {
          method: 'POST',
          path: '/v1/admin/people/import',
          query: {},
          body: { rows: rows.map(({ body }) => body), dryRun, invite },
          ifMatch: undefined,
        },
      )
    } catch (error) {
      if (!isProblem(error, 'unavailable') || !this.#hasAnswered) throw error
      if (!again) throw new Stopped(error.message)
      return undefined
    } finally {
      const took = performance.now() - began
      if (took < fast) this.#most = Math.min(mostRows, this.#most * 2)
      else if (took > slow) this.#most = Math.max(1, Math.floor(this.#most / 2))
    }
  }

  /** @throws Stopped when the command is interrupted */
  async #pause(seconds: number): Promise<void> {
    await pause(seconds * 1000, undefined, { signal: this.#stopped }).catch(() => {
      throw new Stopped('interrupted')
    })
  }
}

/** @throws UsageError */
function columnsOf(header: readonly string[]): PeopleColumns {
  try {
    return new PeopleColumns(header)
  } catch (error) {
    throw error instanceof HeaderFault ? new UsageError(`line 1: ${error.message}`) : error
  }
}

const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null ? (value as Members) : {}
