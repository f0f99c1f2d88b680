// Attaching a managed policy to a person, group or role, and detaching it: who gains and who loses is shown before it is done.
import { type AttachmentReview, attachmentReview } from '../../../views/console/attachment.ts'
import { policyPath } from '../../../views/console/person-access.ts'
import type { AttachmentChange } from '../../iam/access/read-attachment.ts'
import { comparisonOf } from '../../iam/document-comparison.ts'
import { isProblem, Problem } from '../../problem.ts'
import type { Form } from '../../web/body.ts'
import { awsCommand } from '../frame/command.ts'
import { askToConfirm } from '../frame/confirm.ts'
import { isFormProblem } from '../frame/form.ts'
import { openFresh } from '../frame/fresh.ts'
import { pathWith } from '../frame/list.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { changesAccess, comparedAttachment } from './policy-review.ts'

export const attachmentPath = '/console/access/attach'

const kinds = ['user', 'group', 'role'] as const
const verbs = ['attach', 'detach'] as const

interface Attachment {
  readonly arn: string
  readonly kind: (typeof kinds)[number]
  readonly verb: (typeof verbs)[number]
  readonly name: string
}

type Attach = (
  request: ConsoleRequest,
  input: { readonly name: string; readonly policyArn: string },
) => Promise<void>

const changes: Readonly<Record<Attachment['kind'], Readonly<Record<Attachment['verb'], Attach>>>> = {
  user: {
    attach: ({ ports: { iam }, call }, input) => iam.attachUserPolicy(call, input),
    detach: ({ ports: { iam }, call }, input) => iam.detachUserPolicy(call, input),
  },
  group: {
    attach: ({ ports: { iam }, call }, input) => iam.attachGroupPolicy(call, input),
    detach: ({ ports: { iam }, call }, input) => iam.detachGroupPolicy(call, input),
  },
  role: {
    attach: ({ ports: { iam }, call }, input) => iam.attachRolePolicy(call, input),
    detach: ({ ports: { iam }, call }, input) => iam.detachRolePolicy(call, input),
  },
}

/** @throws Problem('validation') */
function attachmentOf(form: Form): Attachment {
  const kind = kinds.find((one) => one === form.get('kind'))
  const verb = verbs.find((one) => one === form.get('do'))
  if (kind === undefined || verb === undefined)
    throw new Problem('validation', 'choose a person, a group or a role')
  return { kind, verb, name: (form.get('name') ?? '').trim(), arn: form.get('arn') ?? '' }
}

/** Shows the page of a policy, with what is wrong. */
type ShowPolicy = (request: ConsoleRequest, problem: string, arn: string) => Promise<void>

const again = (request: ConsoleRequest, error: unknown, arn: string, show: ShowPolicy): Promise<void> => {
  if (!isFormProblem(error) && !isProblem(error, 'not_found')) throw error
  return show(request, sentence(error.message), arn)
}

/** The form of a policy's page: done at once when nobody gains or loses, and otherwise after a look at who does. */
async function submit(request: ConsoleRequest, show: ShowPolicy): Promise<void> {
  const form = await request.form()
  const arn = form.get('arn') ?? ''
  if (!(await request.isFresh())) return request.signInAgain(policyPath(arn))
  const attachment = attachmentOf(form)
  const { kind, verb, name } = attachment
  try {
    const review = await reviewOf(request, attachment)
    if (review.mustBeSeen && form.get('reviewed') !== review.token)
      return request.redirect(pathWith(attachmentPath, { arn, kind, name, do: verb }))
    await changes[kind][verb](request, { name, policyArn: arn })
  } catch (error) {
    return again(request, error, arn, show)
  }
  request.redirect(`${policyPath(arn)}&done=${verb}`)
}

async function review(request: ConsoleRequest, show: ShowPolicy): Promise<void> {
  const attachment = attachmentOf(request.query)
  try {
    await ask(request, attachment, await reviewOf(request, attachment))
  } catch (error) {
    return again(request, error, attachment.arn, show)
  }
}

interface Review {
  readonly shown: AttachmentReview
  /** Names what is shown, so that it is asked for again when it changed meanwhile. */
  readonly token: string
  readonly mustBeSeen: boolean
}

/** @throws Problem('not_found') */
async function reviewOf(request: ConsoleRequest, attachment: Attachment): Promise<Review> {
  const { kind, name, verb, arn } = attachment
  const found = await part<AttachmentChange>(() =>
    request.ports.iam.getAttachmentChange(request.call, { kind, name, policyArn: arn, change: verb }),
  )
  // Whoever may not know the answers of the engine about it is told so, once.
  if ('denied' in found) return { shown: found, token: 'not compared', mustBeSeen: true }
  const { before, after, bounded, members } = found.value
  const compared = await comparedAttachment(before, after)
  return {
    shown: { compared, bounded, members },
    token: comparisonOf(JSON.stringify(before), JSON.stringify(after)),
    mustBeSeen: changesAccess(compared),
  }
}

const words = { user: 'person', group: 'group', role: 'role' } as const

async function ask(
  request: ConsoleRequest,
  { arn, kind, name, verb }: Attachment,
  review: Review,
): Promise<void> {
  const policy = arn.slice(arn.lastIndexOf('/') + 1)
  const isAttach = verb === 'attach'
  const title = isAttach
    ? `Attach ${policy} to the ${words[kind]} ${name}?`
    : `Detach ${policy} from the ${words[kind]} ${name}?`
  await askToConfirm(request, {
    section: 'access',
    title,
    lead: 'Nothing is changed yet: see who gains and who loses.',
    crumb: { href: policyPath(arn), title: policy },
    action: attachmentPath,
    review: attachmentReview({ ...review.shown, kind, name }),
    hidden: { arn, kind, name, do: verb, reviewed: review.token },
    button: isAttach ? 'Attach' : 'Detach',
    look: isAttach ? 'primary' : 'danger',
    commands: [
      awsCommand(request.ports.issuer, `iam ${verb}-${kind}-policy`, {
        [`${kind}-name`]: name,
        'policy-arn': arn,
      }),
    ],
  })
}

export const attachmentRoutes = (show: ShowPolicy): readonly ConsoleRoute[] => [
  ['GET', '/access/attach', openFresh((request) => review(request, show))],
  ['POST', '/access/attach', (request) => submit(request, show)],
]
