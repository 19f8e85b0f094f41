package word

// abbreviations that lists of firms print; what a rule gives is here only where
// it means something else too.
const abbreviations = `
acad academy|acct accounting accountants|admin administration|adv advertising advanced|advtg advertising|aero aerospace aeronautics|affil affiliates
agcy agency|agri agriculture agricultural|agric agriculture agricultural|amer american america|apt apartment|arch architecture architects|archt architects
assn association|assoc association associates|asst assistance|assur assurance|atl atlantic|auth authority|auto automotive automobile automation|av aviation
avn aviation|bk bank|bldg building|bldgs buildings|bldr builders|bros brothers|btlg bottling|bur bureau|bus business|cap capital|ccy currency
cent central|ch church|chem chemical chemicals chemistry|chems chemicals|civ civil|cntr center centre|cntrl central control|coll college|com communications commerce
comm communications commercial commerce commission committee community|commn commission communication|comms communications|commun communications
comp computer company|cons construction consulting consultants|const construction|constr construction|consult consulting consultants|cont continental control
contr contractors contracting|coop cooperative|corp corporation|ctr center centre|ctrl control central|cust customs|def defense defence|dept department
dev development developers|devel development|devt development|dist distribution distributors district|distr distribution distributors|div division
dvlpmt development|econ economic economy|ed education|edu education|educ education educational|eff efficiency|elec electric electrical electronics electronic
elect electric electrical|electr electric electronics|electron electronics electronic|eng engineering|engg engineering|engr engineering engineers|engrg engineering
ent enterprises enterprise entertainment|enterp enterprises|entpr enterprises|env environmental environment|envir environmental|eqp equipment|eqpt equipment
equip equipment|est establishment estate|etn eastern|exch exchange|exp export exports exploration express|expl exploration|explor exploration|fab fabrication
fac facilities factory|fact factory|fed federal federation|fin financial finance|finl financial|fndry foundry|found foundation|frt freight|fwd forwarding
fty factory|gen general|genl general|geo geological geology|geol geological|glb global|gov government|govt government|grp group|gp group
hlds holdings|hldg holding|hldgs holdings|hlth health|hosp hospital|hq headquarters|hse house|hvy heavy|imp import imports imperial|impex import export
ind industries industrial industry|indl industrial|indus industries industrial|inds industries|info information|ins insurance|insp inspection|inst institute institution
instn institution|instr instruments|int international|intl international|internl international|intnl international|inv investment investments|invest investment
invs investments|invt investment|lab laboratory laboratories|labs laboratories|lib library|lnd land|log logistics|logist logistics|mach machinery machine
machy machinery|maint maintenance|man management manufacturing|manuf manufacturing manufacture|mar marine maritime|mat materials|matl material|matls materials
mech mechanical mechanics|med medical medicine|met metal metals metallurgical|metall metallurgical|mfg manufacturing manufacture|mfr manufacturer|mfrs manufacturers
mgmt management|mgt management|mil military|min mining minerals ministry mineral|mkt market marketing|mktg marketing|mngt management|mtl metal material
mtls metals materials|mtr motor|mtrs motors|mun municipal|mut mutual|nat national natural|natl national|nav navigation|nucl nuclear|occ occupational
ofc office|off office|op operations operating|oper operations operating|opt optical|org organization organisation|pac pacific|petr petroleum|petro petroleum petrochemical
petrochem petrochemical|petrol petroleum|pharm pharmaceutical pharmaceuticals pharmacy|pharma pharmaceutical pharmaceuticals|phys physics physical|pkg packaging|pkgg packaging
plas plastics|pl plant|pol polytechnic|poly polytechnic|pow power|prec precision|prod products production|prods products|prodn production|prof professional
prop property properties|props properties|ptnrs partners|ptg printing|pub public publishing|publ publishing public|pwr power|qual quality|rd road
rec recreation recycling|ref refinery refining|refin refining|reg regional|rehab rehabilitation|rep republic representative|res research resources|rest restaurant
rlty realty|rr railroad|rwy railway|ry railway|sav savings|sci science scientific sciences|sec security securities|secs securities|semi semiconductor
serv services service|servs services|shp shipping|shpg shipping|shpbldg shipbuilding|soc society|sol solutions|sols solutions|spec special specialty|srv service services
srvc service|srvcs services|srvs services|sta station|std standard|stn station|str street|sup supply|supp supply supplies|surg surgical|svc service
svcs services|svgs savings|sys systems system|syst systems system|tch technology|tchnlgy technology|tec technology|tech technology technologies technical technique
techn technology technical|technol technology|technols technologies|tel telephone telecommunications|telco telecommunications|telecom telecommunications|telecomm telecommunications
telecoms telecommunications|text textile textiles|tex textile textiles|tob tobacco|tpt transport|tr trust|trad trading|trd trading trade|trdg trading|trans transport transportation
transp transport transportation|trav travel|tv television|ty tyre|univ university|util utilities|utils utilities|veh vehicle vehicles|vet veterinary|vol volunteer
west western|whse warehouse|whsle wholesale|wks works|wld world|wldwide worldwide|wtr water|yd yard
`

// generic are words that so many firms have that they say little.
const generic = `
group holding holdings international global world worldwide national general united first new
trade trading import export imports exports commerce commercial business
industry industries industrial manufacturing manufacture products production factory plant works
service services solutions systems system technology technologies technical tech
development investment investments capital finance financial management consulting
construction engineering equipment machinery electronics electronic electric energy resources
enterprise enterprises company corporation firm agency center centre institute office
co corp inc ltd limited llc plc gmbh sa ag jsc ooo oao
集团 控股 国际 贸易 商贸 进出口 实业 工业 科技 技术 发展 开发 投资 管理 咨询 服务 建设 工程 建筑 设备 机械 电子 信息 文化 制造 制品 物流 公司 有限 有限公司 责任 股份 中国 全国 中心 经营 销售
`

// joining are words that only tie others together.
const joining = `
and of the for in on at by to a an & de la le les du des d l et y e do da dos das del della di il lo und der die das den dem fur von zu van het een en og och i ja ve w z na
`
