import { cue, list } from '../cue.ts'

/** Politeness: a clause of nothing else says nothing. */
export const courtesies = cue(
  list(`
  各位领导、各位老师、各位同志、各位、领导、老师们、老师、同志们、专班、您好、你好、大家好、好、早上、
  上午、下午、晚上、早、辛苦、谢谢、多谢、感谢、麻烦、打扰、不客气、客气、大家、支持、理解、指导、了、啦、
  您、你们、你、的、对、市、长、科、处、主任、工作、关心、配合、提醒、周末愉快、节日快乐、哈哈、哈、嘿、
  呵呵、再见、拜拜、不好意思、抱歉、呀、哦、啊、加油、祝、愉快、顺利、非常、十分、特别、衷心
  thank you, thanks, good morning, good afternoon, good evening, hello, hi, dear, all, everyone, many,
  a lot, very much, so much, cheers, bye, regards, best, sorry, for your, support, help, team
`),
)

/** How an official ends a report. */
export const closers = cue(
  list(`
  请审核、请审阅、请审定、请领导审核、请予审核、请查收、请查阅、请知悉、请知晓、特此反馈、特此报告、
  特此回复、特此说明、特此函复、妥否请示、妥否、请批示、请予销号、请销号、申请销号、建议销号、可以销号、
  请予办结、请验收销号、请验收、请予验收、望知悉、现反馈如下、反馈如下、回复如下、情况如下、办理情况如下、
  现将情况反馈如下、报告如下、现回复如下、现将办理情况反馈如下、请指示、请阅示、请阅、供参考、
  以上情况供参考、以上、汇报完毕、完毕
  please review, please check, for your review, for your information, fyi
`),
)

/** A clause that speaks of handling a matter: without an outcome in it the bot asks for one. */
export const concerns = cue(
  list(`
  核查、核实、约谈、加强、召开、巡查、照片、附件、属实、整改、处理、处置、办理、解决、施工、清理、落实、
  协调、督促、责令、说明、解释、现场、排查、已、投诉、来信、维修、修复、更换、安装、清运、研究、该问题、
  此事、方案、采纳、答复、回复、执法、整治、检查、走访、联系、沟通、市民、居民、群众、诉求、延期、通了、
  坏了、堵了、修了、装了、一半、问题、签收、拒签、负责、职责、归我
  issue, problem, repair, replaced, inspected, resident, contractor, complaint, site, attached, photo,
  meeting held, checked, visited, spoke, cleaned, removed, installed
`),
)

/** Tells others what to do: none of the bot's business. */
export const instructions = cue(
  list(`
  请各、请大家、请收到、请尽快、请准时、请回复、请相关、请联系、请你们、请各单位、请参加、请及时、请务必、
  务必、各单位、大家注意、请注意、请于、请按、请在、收到请、请转告、请互相、麻烦大家、麻烦各、麻烦你、
  麻烦您、群公告、群名片、群昵称、群文件
  please reply, everyone please, please confirm, please make sure
`),
  list(`
  请联系我、请联系本、请及时销、请及时审
`),
)
