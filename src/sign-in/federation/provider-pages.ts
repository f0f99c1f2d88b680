// Pages that oidc-provider asks for: the device flow, sign-out requested by an application, and errors.

import type { Page } from '../../../views/layout.ts'
import {
  deviceCodePage,
  deviceConfirmPage,
  deviceDonePage,
  logoutPage,
  signedOutPage,
} from '../../../views/notice-pages.ts'
import { signingOutUpstreamPage } from '../../../views/sign-in/federation-pages.ts'
import type { OidcViews } from '../../oidc/pages.ts'
import { oidcErrorPage } from '../problems.ts'

type DeviceCodeError = NonNullable<Parameters<OidcViews['deviceCode']>[0]['fault']>

// RFC 8628 §5.2: unknown, expired and used codes give the same message.
const deviceCodeErrors = {
  no_code: 'Enter the code shown on your device.',
  unknown_code: 'This code is incorrect, expired or already used. Get a new one on your device.',
  aborted: 'You denied the request. Your device is not signed in.',
  failed: 'Something went wrong. Try again.',
} as const satisfies Record<DeviceCodeError, string>

/** @param text renders a complete page (`textOf` in show.ts) */
export const providerPages = (text: (page: Page) => string): OidcViews => ({
  deviceCode: ({ action, xsrf, userCode, fault }) =>
    text(deviceCodePage({ action, xsrf, code: userCode, problem: fault && deviceCodeErrors[fault] })),
  deviceConfirm: ({ action, xsrf, userCode, clientName, device }) =>
    text(deviceConfirmPage({ action, xsrf, userCode, application: clientName, from: device.ip })),
  deviceDone: ({ clientName }) => text(deviceDonePage({ application: clientName || undefined })),
  signOut: ({ action, xsrf, clientName }) => text(logoutPage({ action, xsrf, application: clientName })),
  leaving: (there) => text(signingOutUpstreamPage(there)),
  signedOut: ({ clientName }) => text(signedOutPage({ application: clientName })),
  error: (error) => text(oidcErrorPage(error)),
})
