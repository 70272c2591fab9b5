/** Whether a number's messages go to a Proxy service. The host differs by edge and region. */
export function isProxyWebhook(smsUrl: string, accountSid: string, serviceSid: string): boolean {
  return smsUrl.endsWith(`/v1/Accounts/${accountSid}/Proxy/${serviceSid}/Webhooks/Message`);
}
