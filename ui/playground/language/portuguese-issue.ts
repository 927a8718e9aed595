import { type DraftIssue, issueText } from '../draft/issues.js';

/** Returns the text of an issue. Falls back to the server's English text for rules without a translation. */
export function portugueseIssue(issue: DraftIssue): string {
  const [most = ''] = /\d+(?= characters)/.exec(issue.message) ?? [];
  const texts: Readonly<Record<string, string>> = {
    isText: 'Escreva algo aqui',
    maxCharacters: `No máximo ${most} caracteres`,
    isTrimmed: 'Não pode começar nem terminar com espaço',
    isMessageRecipient: 'Deve ser um número de telefone válido, com código do país',
    isPossiblePhone: 'Deve ser um número de telefone válido, com código do país',
    isUrl: 'Deve ser uma URL que começa com http:// ou https://',
    isMedia: 'Deve ser uma URL http(s)',
    isList: missingPart(issue.path),
    listRows: rowsIssue(issue),
    isTemplateParameters: issue.message.includes('array') ? 'Adicione pelo menos um valor' : 'Escreva algo aqui',
    maxItems: tooManyItems(issue.path),
    uniqueBy: 'Repete o valor de um botão anterior',
  };
  return texts[issue.rule] ?? issueText(issue);
}

function missingPart(path: string): string {
  if (path.endsWith('sections')) return 'Adicione pelo menos uma seção';
  return path.endsWith('rows') ? 'Adicione pelo menos uma linha' : 'Adicione pelo menos um botão';
}

function rowsIssue({ path }: DraftIssue): string {
  if (path.endsWith('title')) return 'Com várias seções, cada uma precisa de um título';
  return path.endsWith('id') ? 'Repete o ID de uma linha anterior' : 'No máximo 10 linhas no total';
}

function tooManyItems(path: string): string {
  if (path.endsWith('sections')) return 'No máximo 10 seções';
  return path.startsWith('template') ? 'No máximo 10 botões' : 'No máximo 3 botões de resposta e 3 dos outros';
}
