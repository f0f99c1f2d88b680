// What became of one row of a file.

export interface PersonFault {
  /** As the header of the file has it; undefined when it is none of its columns. */
  readonly column?: string
  readonly message: string
}

export interface RowReport {
  readonly line: number
  readonly status: 'created' | 'unchanged' | 'failed'
  readonly name: string
  readonly invited?: true
  readonly errors?: readonly PersonFault[]
  /** What may be meant, and may be a mistake. */
  readonly notes?: readonly PersonFault[]
}
