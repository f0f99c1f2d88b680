// The page with the form that makes something: what was typed is kept, and what is wrong is marked.

import { formPage } from '../../../views/console/frame/form-page.ts'
import type { Section } from '../../../views/console/frame/frame.ts'
import type { Crumb } from '../../../views/console/frame/parts.ts'
import type { Words } from '../../../views/console/message.ts'
import type { Problem } from '../../problem.ts'
import { type FieldSpec, formProblem, suggestingFieldsOf } from './form.ts'
import type { ConsoleRequest } from './request.ts'
import { showPage } from './show.ts'

export interface NewForm {
  readonly section: Section
  readonly crumb: Crumb
  readonly title: Words
  readonly lead?: Words
  /** Where the form goes. */
  readonly action: string
  readonly fields: readonly FieldSpec[]
  /** The button. */
  readonly submit: Words
  readonly commands: (request: ConsoleRequest) => readonly string[]
}

/** @param values what was typed, or what the form begins with */
export async function showNewForm(
  request: ConsoleRequest,
  { section, crumb, title, lead, action, fields, submit, commands }: NewForm,
  values: (name: string) => string | undefined = () => undefined,
  problem?: Problem,
): Promise<void> {
  await showPage(request, {
    section,
    title,
    status: problem === undefined ? 200 : 422,
    body: formPage({
      crumb,
      title,
      ...(lead !== undefined && { lead }),
      form: {
        target: { action, token: request.token },
        fields: await suggestingFieldsOf(request, fields, values, problem),
        problem: formProblem(fields, problem),
        submit,
      },
      commands: commands(request),
    }),
  })
}
