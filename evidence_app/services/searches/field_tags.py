"""The field tags each platform knows, over all its databases.

PubMed is one database, and its user guide names every tag: another is a mistake
(https://pubmed.ncbi.nlm.nih.gov/help/, “Search field descriptions and tags”). Ovid, EBSCO and Web of Science
hold hundreds of databases with tags of their own, which nobody lists as a whole: one we do not know is
a doubt there, never an error. What was checked: the tags of Ovid's guides to MEDLINE and its nursing database
(https://ospguides.ovid.com/OSPguides/medline.htm, https://www.ovid.com/OSPguides/ovrndb.htm), YC of CINAHL in
EBSCO's help (https://help.ebsco.com), and all tags of the Core Collection as two
public copies of the help page of Web of Science's advanced search list them (TS … LD, EAY, FPY, SDG, TMAC,
TMSO, TMIC). The rest of these three lists is from general knowledge."""

from typing import Final


def _tags(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


PUBMED: Final = _tags(
    "ad affiliation all all_fields aid article_identifier au author auid author_identifier book cois cn",
    "conflict_of_interest_statements corporate_author author_-_corporate crdt create_date date_-_create",
    "dcom completion_date date_-_completion rn ec/rn_number ed editor edat entry_date date_-_entry",
    "date_-_entrez filter sb 1au first_author_name author_-_first fau full_author_name author_-_full fir",
    "gr grant_number full_investigator_name investigator_-_full grants_and_funding ir investigator isbn",
    "ip issue ta journal jour la language lang lastau last_author_name author_-_last lid location_id mhda",
    "mesh_date date_-_mesh majr mesh_major_topic sh mesh_subheading mesh_subheadings subheading mh mesh",
    "mesh_terms mesh_term lr modification_date date_-_modification jid nlm_unique_id ot other_term owner",
    "own pg pagination ps personal_name_as_subject subject_-_personal_name pa pharmacological_action pl",
    "place_of_publication pmcid pmid uid pmc dp date_-_publication publication_date pdat ppdat epdat pt",
    "publication_type ptyp pubn publisher si secondary_source_id subset nm supplementary_concept",
    "substance_name tw text_word text_words word ti title tiab title/abstract ab abstract tt",
    "transliterated_title vi volume version issn",
)
OVID: Final = _tags(
    "ab ac ad af ag ai am an ao aq as at au aw ax be bf bk bl bn br bs bt ca cb cc cd cf cg ci cl cm cn",
    "co cp cq cr cs ct cu cv cw cy da db dc dd de df dh di dm dn do dp dq dr ds dt du dv dw dx dy eb ec ed",
    "ei ej em en eo ep er es et ex ez fa fe fn fs ft fx ga gc gd ge gn go gr gs gw hb hc hd he hl hn hs",
    "ht hv hw ia ib ic id ie if ig il im in io ip ir is it ix ja jc jl jn jt jw jx kf kp kw la lc lg lh li",
    "lm ln lo lp ls lt lu ma mc md me mf mg mh mi mj mm mn mp mq ms mt mv my na nf ng nj nl nm nn no np",
    "nr ns nt nu nw ob oc oi os ot ow ox pa pb pc pd pf pg ph pi pk pl pm pn po pp pq pr ps pt pu pv pw",
    "px py qa ra rb rd re rf rg rh ri rl rn ro rp rs rt rv rw rx ry sa sb sc sd se sf sg sh si sk sl sm",
    "sn so sp sr ss st su sy ta tb tc td te tg ti tk tm tn to tp tr ts tt tu tw tx ty ub ui ul un up ur",
    "us ut uw vi vm vo vr vs vt wb wd wp ws xh xs yr zb zc zz",
)
EBSCO: Final = _tags(
    "ab ac ad af ag ai al am an ap ar as at au ba bk bt ca cc cd ce ci cn co cp cr cs ct cy da dc dd de",
    "dh di dn do dt ea ec ed ef ei em en et fm fn ft fx gc ge gi gn go gr gs gw hd hw ia ib ic id il im",
    "in ip ir is it iv jl jn js jt kf kw la lc ld le lo lx ma md me mf mh mj mm mn mr mt mw nd nl nm nt",
    "nu oa og ox pa pb pc pd pe pg ph pi pl pm pn po pr ps pt pu pv pz qt rd rf rl rm rn ro rs rt rv rw",
    "sb sc sd se sg sh si sm sn so sp st su sw ta tb tc td te tg ti tl tm tn to tp ts tt tx ty ui ul up",
    "ur us ut vi vo wa xa xb xc ya yc yr za zb zc zd ze zf zg zh zi zj zk zl zm zn zo zp zq zr zs zt zu zv",
    "zw zx zy zz",
)
WEB_OF_SCIENCE: Final = _tags(
    "ab ad ae af ai ak all au be bo bp ca cf ci ck cl cm cn co cp cs ct cu cy da dc di do dop ds dt ea eay",
    "ed en ep ey fd fg fo fpy ft fx ga gp gs he ic id if in ip is kp la ld lp ma mc mh mi mk mq ms nm og oo",
    "org pa pd pe pi pmid pn ps publ py ra rg sa sc sdg se sg si so sq su ta tc td ti tmac tmic tmso ts uc",
    "ut wc zp zs",
)
