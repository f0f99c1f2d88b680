// A case in few words: statements for ann, rows, and which of them are hers.
import { contextOf } from '../../../src/policy/request.ts'
import type { DocsRow, RandomTable, Table } from './random-tables.ts'

export interface FilterCase {
  readonly table?: Table
  readonly statements: readonly object[]
  readonly rows: readonly DocsRow[]
  readonly context?: Readonly<Record<string, string | readonly string[]>>
  readonly version?: string
  readonly layers?: Omit<RandomTable['layers'], 'identity'>
}

export const docs: Table = { resource: 'arn:aws:docs:::${owner}/${id}', id: 'text' }

export const documentOf = (statements: readonly object[], Version = '2012-10-17'): string =>
  JSON.stringify({
    Version,
    Statement: statements.map((one) => ({ Effect: 'Allow', Action: 'docs:Read', Resource: '*', ...one })),
  })

export const caseOf = ({
  table = docs,
  statements,
  rows: [...rows],
  context = {},
  version,
  layers = {},
}: FilterCase): RandomTable => ({
  table,
  rows,
  layers: { ...layers, identity: [documentOf(statements, version)] },
  request: {
    principal: {
      kind: 'user',
      accountId: '111122223333',
      arn: 'arn:aws:iam::111122223333:user/ann',
      id: 'AIDAANNANN',
    },
    action: 'docs:Read',
    resourceAccount: undefined,
    context: contextOf([['aws:username', 'ann'], ['docs:Teams', 'red'], ...Object.entries(context)]),
  },
})
