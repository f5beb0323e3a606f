import { describeContract } from './contract.ts'
import { wechat } from './subjects.ts'

describeContract('WeChat', wechat)
