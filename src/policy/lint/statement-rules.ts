// Actions and resources that are too broad or never match.
import { type DocumentKind, policySize, type Statement, type Written } from '../language/document.ts'
import { type Linted, perStatement, type Rule, type RuleFinding, statementLabel } from './finding.ts'

const grants = (kind: DocumentKind): boolean =>
  kind !== 'guardrail' && kind !== 'boundary' && kind !== 'session'

function* notAction(statement: Statement, { kind }: Linted): Iterable<RuleFinding> {
  const first = statement.notActions?.[0]
  if (statement.effect !== 'Allow' || first === undefined) return
  yield {
    at: first.at,
    message: `${statementLabel(statement)} allows every action except those listed, including future ones`,
    fix: 'list what is allowed, under `Action`',
    // In a document that only limits, allowing everything with exceptions is the normal form.
    ...(grants(kind) ? {} : { severity: 'note' as const }),
  }
}

function* notResource(statement: Statement, { kind }: Linted): Iterable<RuleFinding> {
  const first = statement.notResources?.[0]
  if (statement.effect !== 'Allow' || first === undefined) return
  yield {
    at: first.at,
    message: `${statementLabel(statement)} allows every resource except those listed, including future ones`,
    fix: 'list what is allowed, under `Resource`',
    ...(grants(kind) ? {} : { severity: 'note' as const }),
  }
}

const isAll = (written: readonly Written[] | undefined): boolean =>
  written?.some(({ text }) => /^\*+$/.test(text) || text === '*:*') === true

export const allowsEverything = (statement: Statement): boolean =>
  statement.effect === 'Allow' &&
  statement.conditions.length === 0 &&
  isAll(statement.actions) &&
  isAll(statement.resources)

function* everything(statement: Statement, { kind }: Linted): Iterable<RuleFinding> {
  if (!grants(kind) || !allowsEverything(statement)) return
  yield {
    at: statement.actions![0]!.at,
    message: `${statementLabel(statement)} allows everything`,
    fix: 'name actions and resources, unless this is for administrators',
  }
}

const ours = ['iam', 'sts', 'oidc', 'audit', 'decision']

function* actionPrefix(statement: Statement): Iterable<RuleFinding> {
  for (const { text, at } of statement.actions ?? statement.notActions ?? []) {
    if (text === '*') continue
    const prefix = text.slice(0, text.indexOf(':'))
    const name = text.slice(prefix.length + 1)
    if (/[*?]/.test(prefix)) {
      if (prefix === '*' && name === '*') continue
      yield {
        at,
        message: `\`${text}\` has a wildcard in its service, so it covers services you may not expect`,
        fix: 'write one action per service',
      }
    } else if (!/^[a-z0-9-]+$/i.test(prefix) || name.includes(':'))
      yield {
        at,
        message: `\`${text}\` is not an action: expected \`service:Action\` with letters, digits and hyphens before one colon`,
        fix: '',
        severity: 'error',
      }
    else if (prefix !== prefix.toLowerCase())
      yield {
        at,
        message: `the service of \`${text}\` is usually written \`${prefix.toLowerCase()}\``,
        fix: `write \`${prefix.toLowerCase()}:${name}\``,
        severity: 'note',
      }
    else {
      const near = ours.find((one) => one !== prefix && isSlip(one, prefix))
      if (near !== undefined)
        yield {
          at,
          message: `\`${prefix}\` in \`${text}\` looks like \`${near}\``,
          fix: `write \`${near}:${name}\``,
        }
    }
  }
}

/** Whether two words differ by one typing error: a transposition, or one character missing or added. */
function isSlip(word: string, written: string): boolean {
  if (Math.abs(word.length - written.length) > 1) return false
  if (word.length === written.length) return [...word].sort().join() === [...written].sort().join()
  const [long, short] = word.length > written.length ? [word, written] : [written, word]
  return short.length > 1 && [...long].some((_, at) => long.slice(0, at) + long.slice(at + 1) === short)
}

function* resourceName(statement: Statement): Iterable<RuleFinding> {
  for (const { text, at } of statement.resources ?? statement.notResources ?? []) {
    if (text !== text.trim())
      yield { at, message: `\`${text}\` begins or ends with white space`, fix: `write \`${text.trim()}\`` }
    else if (/^(arn|anr|ran|am|rn|aws):/i.test(text) && !text.startsWith('arn:'))
      yield {
        at,
        message: `\`${text}\` is a plain name, not an ARN`,
        fix: 'begin it with `arn:`, in lower case',
        severity: 'error',
      }
    else if (text.startsWith('arn:')) yield* arnParts(text, at)
  }
}

function* arnParts(text: string, at: RuleFinding['at']): Iterable<RuleFinding> {
  const [, partition = '', service = '', region = '', account = '', ...rest] = text.split(':')
  const fault = (message: string, fix: string): RuleFinding => ({
    at,
    message: `\`${text}\` ${message}`,
    fix,
  })
  if (partition === '') yield fault('has no partition', 'write `arn:aws:…`')
  if (service === '') yield fault('names no service', 'write the service after the partition')
  else if (service !== service.toLowerCase())
    yield fault(
      `writes the service \`${service}\` with capitals, and ARNs are case-sensitive`,
      `write \`${service.toLowerCase()}\``,
    )
  if (!/^(\d{12}|aws|[\d*?]*)$/.test(account) || (/^\d+$/.test(account) && account.length !== 12))
    yield fault(
      `has \`${account}\` where an account id of 12 digits or nothing is expected`,
      'check the number of colons',
    )
  if (rest.join(':') === '') yield fault('names no resource', 'end it with `*` if all are meant')
  // IAM is global: ARNs of users, roles and policies have no region.
  if (service === 'iam' && region !== '' && !/[*?]/.test(region))
    yield fault('has a region, but IAM ARNs have none', 'leave the fourth part empty')
}

/** Version 2008-10-17 treats variables as literal text (docs/policy-semantics.md §2). */
function* oldVersion({ document, text }: Linted): Iterable<RuleFinding> {
  if (document.version === '2012-10-17') return
  const variables = document.statements.flatMap(({ resources, notResources, conditions }) =>
    [...(resources ?? []), ...(notResources ?? []), ...conditions.flatMap(({ values }) => values)].filter(
      (written) => written.text.includes('${'),
    ),
  )
  for (const { text: value, at } of variables)
    yield {
      at,
      message: `the variable in \`${value}\` is literal text, because the document does not have Version \`2012-10-17\``,
      fix: 'add `"Version": "2012-10-17"`',
      severity: 'error',
    }
  if (variables.length === 0)
    yield {
      at: { line: 1, column: Math.max(1, text.search(/\S/) + 1) },
      message: 'the document does not have Version `2012-10-17`: variables would be literal text',
      fix: 'add `"Version": "2012-10-17"`',
    }
}

/** Maximum characters without white space (docs/policy-semantics.md §5, §6; guardrails as for service control policies). */
const limits: Readonly<Record<DocumentKind, number>> = {
  identity: 6144,
  boundary: 6144,
  session: 2048,
  trust: 2048,
  guardrail: 5120,
  resource: 20_480,
}

function* size({ text, kind }: Linted): Iterable<RuleFinding> {
  const limit = limits[kind]
  const measured = policySize(text)
  if (measured < limit * 0.9) return
  const over = measured > limit
  yield {
    at: { line: 1, column: 1 },
    message: `${measured} characters without white space, ${over ? 'above' : 'near'} the limit of ${limit}`,
    fix: 'join statements, or use wildcards or several policies',
    ...(over ? { severity: 'error' as const } : {}),
  }
}

export const statementRules: readonly (readonly [string, Rule])[] = [
  [
    'not-action-allow',
    { severity: 'warning', summary: 'Allow with NotAction', check: perStatement(notAction) },
  ],
  [
    'not-resource-allow',
    { severity: 'warning', summary: 'Allow with NotResource', check: perStatement(notResource) },
  ],
  [
    'allows-everything',
    {
      severity: 'warning',
      summary: 'every action on every resource, without a condition',
      check: perStatement(everything),
    },
  ],
  [
    'action-prefix',
    {
      severity: 'warning',
      summary: 'a misspelled service in an action',
      check: perStatement(actionPrefix),
    },
  ],
  [
    'resource-name',
    {
      severity: 'warning',
      summary: 'a resource that can match nothing',
      check: perStatement(resourceName),
    },
  ],
  ['old-version', { severity: 'note', summary: 'Version missing or 2008-10-17', check: oldVersion }],
  ['size', { severity: 'note', summary: 'near or above the size limit', check: size }],
]
