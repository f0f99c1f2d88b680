// Ask what somebody may do: the answer of iam:SimulatePrincipalPolicy, with the decision of each layer of policies.
import { askPage } from '../../../views/console/access/ask.ts'
import type { DecisionView } from '../../../views/console/frame/decision.ts'
import { t } from '../../../views/console/message.ts'
import { emptySet } from '../../policy/engine/compile.ts'
import { explain } from '../../policy/engine/decide.ts'
import { principalKeys, principalOfArn } from '../../policy/engine/principal-of-arn.ts'
import type { ContextValue } from '../../policy/request.ts'
import { isProblem, Problem } from '../../problem.ts'
import { awsCommand } from '../frame/command.ts'
import { viewOfExplanation } from '../frame/decision.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { showPage } from '../frame/show.ts'
import { contextOfEntries, type TypedEntry, typedEntries } from './context-lines.ts'
import type { TypedQuestion } from './document-review.ts'

const entity = /^arn:aws:iam::(\d{12}):(user|role|group)\/(?:.*\/)?([\w+=,.@-]{1,128})$/

async function showAsk(request: ConsoleRequest): Promise<void> {
  const value = (name: string): string => (request.query.get(name) ?? '').trim()
  const question = {
    principal: value('principal'),
    action: value('action'),
    resource: value('resource'),
    context: value('context'),
  }
  const complete = question.action !== '' && question.principal !== ''
  const answered = complete ? await answer(request, question) : {}
  await showPage(request, {
    section: 'access',
    title: t('Ask'),
    status: answered.problem === undefined ? 200 : 422,
    body: askPage({
      values: question,
      problem: answered.problem,
      answer: answered.decision,
      commands: complete
        ? [
            awsCommand(request.ports.issuer, 'iam simulate-principal-policy', {
              'policy-source-arn': question.principal,
              'action-names': question.action,
              'resource-arns': question.resource,
            }),
          ]
        : [],
    }),
  })
}

async function answer(
  request: ConsoleRequest,
  question: TypedQuestion,
): Promise<{ readonly problem?: string; readonly decision?: DecisionView }> {
  try {
    return { decision: await decisionFor(request, question, typedEntries(question.context)) }
  } catch (error) {
    if (!isProblem(error, 'validation', 'invalid_input', 'not_found', 'denied', 'malformed_policy'))
      throw error
    return { problem: sentence(error.message) }
  }
}

async function decisionFor(
  request: ConsoleRequest,
  { principal: named, action, resource: given }: TypedQuestion,
  entries: readonly TypedEntry[],
): Promise<DecisionView> {
  const arn = named.startsWith('arn:') ? named : `arn:aws:iam::${request.accountId}:user/${named}`
  if (!/^[^\s:*?]+:[^\s*?]+$/.test(action))
    throw new Problem('validation', 'an action has the form `service:Action`, without wildcards')
  const resource = given === '' ? '*' : given
  const { ports } = request
  // Authorizes the question and records it; whoever may not simulate learns nothing more.
  const { items } = await ports.iam.simulatePrincipalPolicy(request.call, {
    arn,
    actions: [action],
    resources: [resource],
    context: entries.map(({ name, values }) => ({
      name,
      values,
      type: values.length === 1 ? 'string' : 'stringList',
    })),
  })
  const [, , kind, name = ''] = entity.exec(arn) ?? []
  const id =
    kind === 'user' || kind === 'role' ? await ports.idByName(request.accountId, kind, name) : undefined
  const facts =
    id === undefined || kind === 'group'
      ? undefined
      : await ports.authorizer.policiesOf({ kind: kind === 'role' ? 'role' : 'user', id })
  const principal = id === undefined ? undefined : principalOfArn(arn, id)
  if (facts === undefined || principal === undefined)
    return groupDecision(items[0]?.decision, action, resource)
  const context = new Map<string, ContextValue>([
    ...principalKeys(principal),
    ...facts.tags.map(({ key, value }) => [`aws:principaltag/${key}`.toLowerCase(), value] as const),
    ...contextOfEntries(entries),
  ])
  const layers = {
    identity: facts.sets.identity ?? emptySet,
    ...(facts.sets.boundary && { boundary: facts.sets.boundary }),
    ...(facts.sets.guardrail && { guardrail: facts.sets.guardrail }),
  }
  const asked = { principal, action, resource, resourceAccount: request.accountId, context }
  return viewOfExplanation(asked, explain(asked, layers))
}

/** A group makes no requests, so there is a decision about its policies but none about each layer. */
function groupDecision(decision: string | undefined, action: string, resource: string): DecisionView {
  const allowed = decision === 'allowed'
  const said = allowed ? 'allow' : decision === 'explicitDeny' ? 'explicit_deny' : 'implicit_deny'
  return {
    allowed,
    action,
    resource,
    layers: [{ layer: t('The policies of the group'), said, decides: true, statements: [] }],
    conditions: [],
    missing: [],
    nearest: undefined,
  }
}

export const askRoutes: readonly ConsoleRoute[] = [['GET', '/access/ask', showAsk]]
