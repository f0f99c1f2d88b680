// Audit entries as text for a terminal. Control characters, which could change what a terminal shows, are replaced.

type Members = Readonly<Record<string, unknown>>

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** The value as one line. */
const shown = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    '\uFFFD',
  )

/** Time, outcome, action, caller, resource and reason in one line. */
export function entryLine(entry: Members): string {
  const { time, outcome, action, who, resource, reason, request } = entry
  const parts = [time, String(outcome).padEnd(7), action, 'by', who]
  const on = resource === undefined ? [] : ['on', resource]
  const why = reason === undefined ? [] : [`(${shown(reason)})`]
  return `${[...parts, ...on, ...why, request].map(shown).join(' ')}\n`
}

/** An entry with its decision, layer by layer. */
export function explanationText(entry: Members): string {
  const { time, outcome, action, who, resource, reason, sourceIp, details, allowedBy, decision } = entry
  const { check, ...answer } = isMembers(details) ? details : {}
  // A decision that was asked for is done, whatever it was.
  const { subject, reason: denial } = action === 'decision:Evaluate' ? answer : {}
  const lines = [
    `${shown(time)}  ${shown(action)}: ${shown(outcome)}`,
    `  caller    ${shown(who)}, from ${shown(sourceIp)}`,
    ...(resource === undefined ? [] : [`  resource  ${shown(resource)}`]),
    ...(subject === undefined ? [] : [`  subject   ${shown(subject)}`]),
    ...(check === undefined ? [] : [`  check     ${shown(check)}`]),
    ...[reason ?? denial].filter((one) => one !== undefined).map((one) => `  reason    ${shown(one)}`),
    ...listOf(allowedBy).map((one) => `  allowed   ${shown(one)}`),
    ...(isMembers(decision) ? decisionLines(decision) : []),
  ]
  return `${lines.join('\n')}\n`
}

const verdicts: ReadonlyMap<unknown, string> = new Map([
  ['allow', 'allows it'],
  ['explicit_deny', 'DENIES it'],
  ['implicit_deny', 'does not allow it'],
])

function decisionLines(decision: Members): readonly string[] {
  const { action, resource, layers, conditions, missing, nearest } = decision
  const layerLines = listOf(layers)
    .filter(isMembers)
    .map(({ layer, said, statements }) => {
      const by = listOf(statements).map(shown).join(' and ')
      return `    ${shown(layer).padEnd(9)} ${verdicts.get(said) ?? shown(said)}${by === '' ? '' : `: ${by}`}`
    })
  const failed = listOf(conditions)
    .filter(isMembers)
    .map(
      ({ statement, operator, key, wanted, seen }) =>
        `    ${shown(statement)}: ${shown(operator)} of ${shown(key)} wants ${shown(wanted)}, ${seen === undefined ? 'the request had none' : `the request had ${shown(seen)}`}`,
    )
  const lacked = listOf(missing)
  return [
    `  decision  ${shown(action)} on ${shown(resource)}`,
    ...layerLines,
    ...(failed.length === 0 ? [] : ['  conditions that did not hold', ...failed]),
    ...(lacked.length === 0 ? [] : [`  keys that the request lacked: ${lacked.map(shown).join(', ')}`]),
    ...(nearest === undefined ? [] : [`  nearest   ${shown(nearest)}`]),
  ]
}
