// Finds rows of one file with the same name or e-mail address, for a dry run: the server creates nobody then and sees one request at
// a time, so it cannot.
import { type ComparedPerson, createdBy, differences } from '../import-row.ts'
import { newPerson } from '../schemas.ts'
import type { PeopleColumns } from './columns.ts'
import type { RowReport } from './row-report.ts'

interface First {
  readonly line: number
  /** JSON of a `ComparedPerson`: smaller than objects, and no piece of the text of the file, which would keep all of it. */
  readonly person: string
}

/** The rows that would be created, by name and address: some 400 bytes of memory each. */
export class RepeatedRows {
  readonly #columns: PeopleColumns
  readonly #names = new Map<string, First>()
  readonly #addresses = new Map<string, number>()

  constructor(columns: PeopleColumns) {
    this.#columns = columns
  }

  /**
   * @param report the server's report on the row; reports come in the order of the file
   * @returns the report of an import, in which the rows before it would have been created
   */
  check(report: RowReport, row: unknown): RowReport {
    const { success, data } = newPerson.safeParse(row)
    if (!success) return report
    const { line, name, status } = report
    const first = this.#names.get(folded(data.name))
    if (first !== undefined) {
      const fields = differences(data, JSON.parse(first.person) as ComparedPerson)
      if (fields.length > 0) return { line, status: 'failed', name, errors: this.#faults(fields, first.line) }
      if (status !== 'failed') return this.#noted({ line, status: 'unchanged', name }, 'name', first.line)
    }
    if (status === 'failed') return report
    const isNew = status === 'created'
    if (isNew) this.#names.set(folded(data.name), { line, person: JSON.stringify(createdBy(data)) })
    return data.email === undefined ? report : this.#withAddress(report, folded(data.email))
  }

  #withAddress(report: RowReport, address: string): RowReport {
    const line = this.#addresses.get(address)
    if (line !== undefined) return this.#noted(report, 'email', line)
    this.#addresses.set(address, report.line)
    return report
  }

  #faults(fields: readonly string[], line: number) {
    const message = `is another on line ${line}, which has the same name and comes first`
    return fields.map((field) => ({ column: this.#columns.columnOf(field), message }))
  }

  #noted(report: RowReport, field: string, line: number): RowReport {
    return {
      ...report,
      notes: [{ column: this.#columns.columnOf(field), message: `is on line ${line} too` }],
    }
  }
}

/** A copy of its own, in the case that names and addresses are compared in. */
const folded = (text: string): string => Buffer.from(text.toLowerCase()).toString()
