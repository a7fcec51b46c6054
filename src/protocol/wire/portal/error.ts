/**
 * Error codes of the portal (assumed) with the status that each comes with. The statuses are documented by FlavorTeam;
 * a hub that sends no code leaves the status and the sentence.
 */
export const portalErrorStatus = {
  email_exists: 400,
  expires_at_out_of_range: 400,
  api_key_limit_reached: 400,
  invalid_credentials: 401,
  not_authenticated: 401,
  permission_denied: 403,
  license_limit_reached: 403,
  insufficient_credits: 403,
  license_not_found: 404,
  product_not_found: 404,
  client_not_found: 404,
  api_key_not_found: 404,
  webhook_not_found: 404,
  activation_not_found: 404,
  validation_error: 422,
  rate_limited: 429,
} as const

export type PortalErrorCode = keyof typeof portalErrorStatus
