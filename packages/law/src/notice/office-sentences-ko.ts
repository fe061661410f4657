/**
 * The sentences of a complaint to an office in Korean. No lawyer and no native reader of legal texts has read them.
 * @module
 */

import type { OfficeSentences } from './office-sentences.ts';

/** Korean. */
export const OFFICE_KO: OfficeSentences = {
  language: 'ko',
  reviewed: false,
  where: '게시된 위치',
  number: (number) => `서비스가 알려 준 접수 번호: ${number}`,
  complaint: {
    subject: (host) => `민원: ${host} 측이 사적인 성적 이미지를 삭제하지 않았습니다`,
    to: '담당 기관 귀중',
    about: (host) => `${host} 서비스에 대해 민원을 제기합니다.`,
    sent: (day, time) => `${day} ${time}에 해당 서비스에 삭제를 요청했습니다.`,
    complete: (cite) => `요청에는 ${cite}에서 요구하는 내용이 모두 들어 있었습니다.`,
    breached: (cite, day, time) => `${cite}에 따라 ${day} ${time}까지 조치해야 했으나 하지 않았습니다.`,
    noNumber: (cite) => `${cite}에 따라 지체 없이 조치해야 하나 답변이 없었습니다.`,
    refused: (day) => `해당 서비스는 ${day}에 요청을 거절했습니다.`,
    ask: '이 사안을 살펴보시고, 가능한 범위에서 해당 내용이 삭제되도록 해 주시기 바랍니다.',
    proof: '요청서와 보낸 사실을 보여 주는 자료를 보관하고 있으며 모두 제출할 수 있습니다.',
    quoted: '보낸 그대로의 요청서 내용:',
  },
};
