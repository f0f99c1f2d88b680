// The editor of a policy document: checked and compared on the server, saved as a new version together with its tests, which it must
// pass. The form keeps what was typed.

import { z } from 'zod'
import { editorPage } from '../../../views/console/access/policy-editor.ts'
import { entryPath } from '../../../views/console/activity/activity.ts'
import { policyPath } from '../../../views/console/frame/policy-path.ts'
import { known, t, type Words } from '../../../views/console/message.ts'
import { html } from '../../../views/html.ts'
import { auditEntry } from '../../admin/audit/schemas.ts'
import { refuseFailing, sameTests, setTestsAction } from '../../iam/managed-policy/tests.ts'
import { comparisonOf } from '../../iam/policy-document/document-comparison.ts'
import { type PolicyTest, parseTests } from '../../policy/engine/policy-tests.ts'
import { isProblem, Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import type { AuditEntry } from '../activity/entries.ts'
import { whoOf } from '../activity/row.ts'
import { awsCommand } from '../frame/command.ts'
import { isFormProblem } from '../frame/form.ts'
import { openFresh, staleProblem } from '../frame/fresh.ts'
import { pathWith } from '../frame/list.ts'
import { withNewName } from '../frame/new-name.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { showPage } from '../frame/show.ts'
import { attachmentPath } from './attachment.ts'
import {
  answerOf,
  questionOfTest,
  sentencesOf,
  type TypedQuestion,
  testOfQuestion,
  testViews,
} from './document-review.ts'
import { editorTexts } from './editor-texts.ts'
import { policyOf } from './policies.ts'
import { changesAccess, comparedOf, findingsOf } from './policy-review.ts'
import { refusedOf, withStatement } from './remedies.ts'

const emptyPolicy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": "docs:GetDocument",
      "Resource": "arn:aws:docs:::documents/*"
    }
  ]
}`

/** Bytes of the form: a document of 6,144 characters and 32,768 bytes of tests, percent-encoded. */
const maxForm = 262_144

/** What is being written. */
interface Draft {
  /** Undefined: a new policy. */
  readonly arn: string | undefined
  readonly name: string
  readonly description: string
  readonly document: string
  /** `testedVersion` that the form was opened with. */
  readonly base: string
  readonly tests: readonly PolicyTest[]
  readonly question: TypedQuestion
  /** Position of the test that the question was taken from. */
  readonly editing: number | undefined
  /** Whom a new policy is attached to next, as `user/ada`; empty: nobody. */
  readonly holder: string
}

interface Remarks {
  readonly problem?: Problem | undefined
  /** At the question. */
  readonly askProblem?: Words | undefined
  /** At the tests. */
  readonly note?: Words | undefined
  /** Whether to check the document. */
  readonly check: boolean
  /** The refusal from which the statement was filled in. */
  readonly filledFrom?: AuditEntry
  /** It is saved when the form is sent once more: who gains and who loses is shown first. */
  readonly confirm?: boolean
}

const noQuestion: TypedQuestion = { principal: '', action: '', resource: '', context: '' }

async function show(request: ConsoleRequest, draft: Draft, remarks: Remarks): Promise<void> {
  const { arn, document, tests, question } = draft
  const { problem, check } = remarks
  const saved = arn === undefined ? await mayCreate(request) : await policyOf(request, arn)
  const compared = check && saved !== undefined ? await comparedOf(saved.document, document, 'identity') : []
  const asked = check ? answerOf(document, question, request.accountId) : {}
  const askProblem = remarks.askProblem ?? asked.problem
  const nameFault = problem?.fields?.find(({ field }) => field === 'name')
  const title = saved === undefined ? t('New policy') : t('Edit {name}', { name: saved.name })
  const denied = await request.denial({
    action: setTestsAction,
    resource: arn ?? `arn:aws:iam::${request.accountId}:policy/*`,
  })
  await showPage(request, {
    section: 'access',
    title,
    status: statusOf(problem, askProblem),
    modules: await request.ports.editorModules(),
    body: editorPage({
      title,
      account: request.accountId,
      texts: await editorTexts(request.translate),
      arn,
      base: draft.base,
      crumb:
        saved === undefined
          ? { href: '/console/access', title: t('Policies') }
          : { href: policyPath(saved.arn), title: html`${saved.name}` },
      target: {
        action: arn === undefined ? '/console/access/new' : '/console/access/edit',
        token: request.token,
      },
      name: draft.name,
      description: draft.description,
      document,
      problem: nameFault ? t('One field needs attention.') : problem && sentence(problem.message),
      nameProblem: nameFault && t('{field} {fault}.', { field: t('Name'), fault: known(nameFault.message) }),
      checked: check
        ? {
            findings: findingsOf(document, 'identity'),
            sentences: sentencesOf(document, 'identity'),
            compared,
            answer: asked.answer,
          }
        : undefined,
      reviewed: saved !== undefined && compared.length > 0 ? comparisonOf(saved.document, document) : '',
      confirm: remarks.confirm === true,
      filledFrom: remarks.filledFrom && {
        who: html`${whoOf(remarks.filledFrom.who)}`,
        href: entryPath(remarks.filledFrom.id),
      },
      holder: draft.holder,
      ask: { ...question, editing: draft.editing, problem: askProblem },
      tests: {
        views: testViews(document, tests, request.accountId),
        json: JSON.stringify(tests),
        note: remarks.note,
        denied,
      },
      commands: commandsOf(request, draft),
    }),
  })
}

const statusOf = (problem: Problem | undefined, askProblem: Words | undefined): number => {
  if (problem !== undefined) return isProblem(problem, 'precondition_failed') ? 412 : 422
  return askProblem === undefined ? 200 : 422
}

const commandsOf = ({ ports: { issuer } }: ConsoleRequest, { arn, name }: Draft): readonly string[] =>
  arn === undefined
    ? [
        awsCommand(issuer, 'iam create-policy', {
          'policy-name': name || 'docs-read',
          'policy-document': 'file://policy.json',
        }),
      ]
    : [
        'npx chancery policy lint policy.json',
        `npx chancery policy test policy.json --stored ${arn}`,
        `${awsCommand(issuer, 'iam create-policy-version', { 'policy-arn': arn, 'policy-document': 'file://policy.json' })} --set-as-default`,
      ]

/** Checking a document is work: only for those who may create or read one. @throws Problem('denied') */
async function mayCreate({ ports, call, accountId }: ConsoleRequest): Promise<undefined> {
  await ports.authorize(call, 'iam:CreatePolicy', `arn:aws:iam::${accountId}:policy/*`)
}

async function openEditor(request: ConsoleRequest): Promise<void> {
  const arn = request.query.get('arn') ?? ''
  const { document, tests, base } = await policyOf(request, arn)
  const saved = { ...newDraft, arn, document, tests, base }
  const refusal = await refusalOf(request)
  if (refusal === undefined) return show(request, saved, { check: false })
  const filled = { ...saved, document: withStatement(document, refusal.decision) }
  await show(request, filled, { check: true, filledFrom: refusal.entry })
}

/**
 * The refusal that the URL names, whose missing statement is filled in. It must be in the audit trail, so that a link cannot fill in a
 * statement of its author's choice.
 * @throws Problem('denied'), Problem('not_found')
 */
async function refusalOf(request: ConsoleRequest) {
  const id = request.query.get('entry')
  if (id === undefined) return undefined
  const entry = await request.perform('GetAuditEntry', auditEntry, { params: { entry: id } })
  const { decision } = entry
  return decision === undefined || decision.reason === 'allowed' ? undefined : { entry, decision }
}

const newDraft: Draft = {
  arn: undefined,
  name: '',
  description: '',
  document: emptyPolicy,
  base: '',
  tests: [],
  question: noQuestion,
  editing: undefined,
  holder: '',
}

async function openNew(request: ConsoleRequest): Promise<void> {
  const refusal = await refusalOf(request)
  if (refusal === undefined) return show(request, newDraft, { check: false })
  const refused = refusedOf(refusal.entry.who, request.accountId)
  const filled = {
    ...newDraft,
    document: withStatement('{ "Version": "2012-10-17" }', refusal.decision),
    holder: refused === undefined ? '' : `${refused.kind}/${refused.name}`,
  }
  await show(request, filled, { check: true, filledFrom: refusal.entry })
}

/** Where to go with a policy that was made: to the review of its attachment, when it was made for somebody. */
function madeFor(arn: string, holder: string): string {
  const [, kind, name] = /^(user|role)\/([\w+=,.@-]{1,128})$/.exec(holder) ?? []
  return kind === undefined
    ? `${policyPath(arn)}&done=created`
    : pathWith(attachmentPath, { arn, kind, name, do: 'attach' })
}

/** @throws Problem('validation') when the tests, which the page itself wrote, cannot be read */
function draftOf(form: Form): Draft {
  const value = (name: string): string => (form.get(name) ?? '').trim()
  const { tests } = parseTests(jsonOf(form.get('tests') ?? '[]'))
  if (tests === undefined)
    throw new Problem('validation', 'the tests of this form cannot be read: open it anew')
  const editing = /^\d{1,2}$/.test(value('editing')) ? Number(value('editing')) : undefined
  return {
    arn: form.get('arn'),
    name: value('name'),
    description: value('description'),
    document: (form.get('document') ?? '').replaceAll('\r\n', '\n'),
    base: value('base'),
    tests,
    question: {
      principal: value('ask-principal'),
      action: value('ask-action'),
      resource: value('ask-resource'),
      context: value('ask-context'),
    },
    editing: editing !== undefined && editing < tests.length ? editing : undefined,
    holder: value('holder'),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function submit(request: ConsoleRequest): Promise<void> {
  const form = await request.form(maxForm)
  const draft = draftOf(form)
  const [act = '', detail = ''] = (form.get('do') ?? '').split('-')
  if (act === 'keep') return keepTest(request, draft, detail === 'deny' ? 'deny' : 'allow')
  if (act === 'edit') return editTest(request, draft, Number(detail))
  if (act === 'remove') return removeTest(request, draft, Number(detail))
  if (act !== 'save') return show(request, draft, { check: true })
  if (!(await request.isFresh())) return show(request, draft, { problem: staleProblem, check: true })
  try {
    const saved = await save(request, draft, form.get('reviewed') ?? '')
    if (saved === undefined) return show(request, draft, { check: true, confirm: true })
    request.redirect(
      draft.arn === undefined ? madeFor(saved, draft.holder) : `${policyPath(saved)}&done=saved`,
    )
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await show(request, draft, { problem: error, check: true })
  }
}

function keepTest(request: ConsoleRequest, draft: Draft, expect: PolicyTest['expect']): Promise<void> {
  const { editing } = draft
  const { test, problem } = testOfQuestion(draft.question, expect)
  if (test === undefined) return show(request, draft, { askProblem: problem, check: true })
  const all = editing === undefined ? [...draft.tests, test] : draft.tests.with(editing, test)
  const { tests, faults } = parseTests(all)
  if (tests === undefined) {
    const askProblem = known(sentence(faults[0]?.message ?? ''))
    return show(request, draft, { askProblem, check: true })
  }
  const note = t('The test is kept with the policy when you save.')
  return show(request, { ...draft, tests, question: noQuestion, editing: undefined }, { note, check: true })
}

function editTest(request: ConsoleRequest, draft: Draft, at: number): Promise<void> {
  const test = draft.tests[at]
  if (test === undefined) return show(request, draft, { check: true })
  return show(request, { ...draft, question: questionOfTest(test), editing: at }, { check: true })
}

function removeTest(request: ConsoleRequest, draft: Draft, at: number): Promise<void> {
  if (draft.tests[at] === undefined) return show(request, draft, { check: true })
  const tests = draft.tests.toSpliced(at, 1)
  const { editing } = draft
  const moved = editing === undefined || editing === at ? undefined : editing - (editing > at ? 1 : 0)
  const note = t('The test is removed from the policy when you save.')
  return show(request, { ...draft, tests, editing: moved }, { note, check: true })
}

/**
 * @param reviewed names the comparison that the person has seen
 * @returns the ARN of the policy; undefined when the person must see first who gains and who loses
 */
async function save(request: ConsoleRequest, draft: Draft, reviewed: string): Promise<string | undefined> {
  const { iam } = request.ports
  const { arn, document, tests, base, description } = draft
  if (arn === undefined) {
    if (description.length > 1000)
      throw new Problem('validation', 'the description must have at most 1000 characters')
    const made = await withNewName({ kind: 'policy', field: 'name', name: draft.name }, () =>
      iam.createPolicy(request.call, {
        policyName: draft.name,
        document,
        ...(description !== '' && { description }),
        ...(tests.length > 0 && { tests }),
      }),
    )
    return made.arn
  }
  const saved = await policyOf(request, arn)
  const unchanged = saved.document === document
  // Also of a form that was sent twice.
  if (unchanged && sameTests(saved.tests, tests)) return arn
  if (saved.base !== base)
    throw new Problem(
      'precondition_failed',
      'somebody changed the policy or its tests since this form was opened: compare below with what is in force now, then open the editor anew',
    )
  refuseFailing(document, tests, request.accountId)
  if (unchanged) {
    await request.perform('UpdatePolicyTests', z.unknown(), {
      params: { policy: arn },
      body: { tests },
      version: base,
    })
    return arn
  }
  if (
    reviewed !== comparisonOf(saved.document, document) &&
    changesAccess(await comparedOf(saved.document, document, 'identity'))
  )
    return undefined
  const oldest = saved.versions.find(({ isDefault }) => !isDefault)
  // A policy has at most five versions: the oldest that is not in force makes place.
  if (saved.versions.length >= 5 && oldest !== undefined)
    await iam.deletePolicyVersion(request.call, { policyArn: arn, versionId: oldest.id })
  await iam.createPolicyVersion(request.call, { policyArn: arn, document, setAsDefault: true, tests, base })
  return arn
}

export const policyEditorRoutes: readonly ConsoleRoute[] = [
  ['GET', '/access/new', openFresh(openNew)],
  ['POST', '/access/new', submit],
  ['GET', '/access/edit', openFresh(openEditor)],
  ['POST', '/access/edit', submit],
]
