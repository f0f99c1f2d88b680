// The page with the form that makes something: what was typed is kept, and what is wrong is marked.

import { formPage } from '../../../views/console/frame/form-page.ts'
import type { Section } from '../../../views/console/frame/frame.ts'
import type { Crumb } from '../../../views/console/frame/parts.ts'
import type { Words } from '../../../views/console/message.ts'
import type { Fragment } from '../../../views/html.ts'
import type { Problem } from '../../problem.ts'
import { type FieldSpec, formProblem, suggestingFieldsOf } from './form.ts'
import type { ConsoleRequest } from './request.ts'
import { showPage } from './show.ts'

export interface NewForm {
  readonly section: Section
  readonly crumb: Crumb
  readonly title: Words
  /** Default: the title. */
  readonly heading?: Words
  readonly lead?: Words
  /** Where the form goes. */
  readonly action: string
  readonly fields: readonly FieldSpec[]
  readonly hidden?: Readonly<Record<string, string>>
  /** The button. */
  readonly submit: Words
  /** Below the form. */
  readonly after?: Fragment
  readonly commands: (request: ConsoleRequest) => readonly string[]
}

/** @param values what was typed, or what the form begins with */
export async function showNewForm(
  request: ConsoleRequest,
  p: NewForm,
  values: (name: string) => string | undefined = () => undefined,
  problem?: Problem,
): Promise<void> {
  const { section, crumb, title, heading = title, lead, fields, submit, hidden, after } = p
  await showPage(request, {
    section,
    title,
    status: problem === undefined ? 200 : 422,
    body: formPage({
      crumb,
      title: heading,
      ...(lead !== undefined && { lead }),
      form: {
        target: { action: p.action, token: request.token },
        fields: await suggestingFieldsOf(request, fields, values, problem),
        problem: formProblem(fields, problem),
        submit,
        ...(hidden && { hidden }),
      },
      after,
      commands: p.commands(request),
    }),
  })
}
