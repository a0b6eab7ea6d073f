"""The words that companies and people of four languages are named from; nobody real is meant."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Vocabulary:
    """What one language calls its companies, people and places.

    Patterns take {kind}, {root}, {surname}, {city}; a root comes with its spelling for addresses.
    """

    language: str
    patterns: tuple[str, ...]
    kinds: tuple[str, ...]
    roots: tuple[tuple[str, str], ...]
    cities: tuple[tuple[str, str, str], ...]  # name, country, first digits of its postcodes
    streets: tuple[str, ...]
    street_pattern: str
    people: tuple[tuple[str, str], ...]  # given name, "m" or "f"
    surnames: tuple[tuple[str, str, str], ...]  # for a man, for a woman, for addresses
    name_pattern: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Read `Word=spelling` pairs; a word without one is spelled as it is, in small letters."""
    found = (item.partition("=") for item in text.split())
    return tuple((word.replace("_", " "), plain or word.lower()) for word, _, plain in found)


def _triples(text: str) -> tuple[tuple[str, str, str], ...]:
    parts = (item.split("/") for item in text.split())
    return tuple((a.replace("_", " "), b.replace("_", " "), c) for a, b, c in parts)


def _people(men: str, women: str) -> tuple[tuple[str, str], ...]:
    return (*((name, "m") for name in men.split()), *((name, "f") for name in women.split()))


POLISH = Vocabulary(
    language="pl",
    patterns=(
        "{kind} {root} Sp. z o.o.",
        "{kind} „{root}”",
        "{root} S.A.",
        "{kind} {surname} i Synowie",
        "{kind} {root} {city}",
        "{surname} {kind} sp.j.",
        "P.H.U. {root}",
    ),
    kinds=_words(
        "Hurtownia Drukarnia Piekarnia Stolarnia Zakład_Mechaniczny Serwis "
        "Hurtownia_Budowlana Apteki Ośrodek_Szkoleniowy Zakłady_Mięsne Tartak Cukiernia "
        "Gospodarstwo Hotel Przychodnia Spółdzielnia Wydawnictwo "
        "Browar Warsztat Biuro_Rachunkowe "
        "Zakład_Elektryczny Szkółka_Roślin Mleczarnia Odlewnia"
    ),
    roots=_pairs(
        "Świt=swit Żuraw=zuraw Łabędź=labedz Jutrzenka Bursztyn Sokół=sokol Wisła=wisla Kormoran "
        "Dąbrowa=dabrowa Polanka Granit Zefir Pogoń=pogon Lipowy_Dwór=lipowy-dwor Źródło=zrodlo "
        "Baltica Metalowiec Jantar Czapla Gryf Orzeł=orzel Kotwica Sosna Perła=perla Tęcza=tecza "
        "Jaskółka=jaskolka Wrzos Halny Żagiel=zagiel Rumianek Krokus Bór=bor Iskra Kuźnia=kuznia "
        "Młyn=mlyn Ogniwo Piast Słowik=slowik Turnia Zamek"
    ),
    cities=_triples(
        "Warszawa/PL/00 Kraków/PL/30 Łódź/PL/90 Wrocław/PL/50 Poznań/PL/60 Gdańsk/PL/80 "
        "Szczecin/PL/70 Lublin/PL/20 Białystok/PL/15 Katowice/PL/40 Rzeszów/PL/35 Toruń/PL/87 "
        "Kielce/PL/25 Olsztyn/PL/10 Gdynia/PL/81 Częstochowa/PL/42 Radom/PL/26 Bydgoszcz/PL/85"
    ),
    streets=(
        "Lipowa",
        "Ogrodowa",
        "Kolejowa",
        "Przemysłowa",
        "Żeglarska",
        "Składowa",
        "Mickiewicza",
        "Rzemieślnicza",
        "Polna",
        "Portowa",
    ),
    street_pattern="ul. {street} {number}",
    people=_people(
        "Piotr Tomasz Marek Paweł Grzegorz Michał Łukasz Krzysztof Rafał Wojciech Stanisław Jacek",
        "Anna Katarzyna Małgorzata Agnieszka Ewa Joanna Magdalena "
        "Zofia Beata Żaneta Elżbieta Iwona",
    ),
    surnames=_triples(
        "Nowak/Nowak/nowak Kowalczyk/Kowalczyk/kowalczyk Wiśniewski/Wiśniewska/wisniewski "
        "Wójcik/Wójcik/wojcik Zieliński/Zielińska/zielinski Szymański/Szymańska/szymanski "
        "Dąbrowski/Dąbrowska/dabrowski Kozłowski/Kozłowska/kozlowski Mazur/Mazur/mazur "
        "Krawczyk/Krawczyk/krawczyk Piotrowski/Piotrowska/piotrowski Pawlak/Pawlak/pawlak "
        "Michalski/Michalska/michalski Król/Król/krol Wróbel/Wróbel/wrobel Jabłoński/Jabłońska/"
        "jablonski Stępień/Stępień/stepien Górski/Górska/gorski Sikora/Sikora/sikora "
        "Baran/Baran/baran Żak/Żak/zak Ćwik/Ćwik/cwik "
        "Głowacki/Głowacka/glowacki Łuczak/Łuczak/luczak"
    ),
    name_pattern="{given} {surname}",
)

ENGLISH = Vocabulary(
    language="en",
    patterns=(
        "{root} {kind} Ltd",
        "{surname} & Sons {kind}",
        "{root} {kind}",
        "{surname} {kind} Ltd",
        "{root} {kind} of {city}",
        "{root} Group plc",
        "The {root} {kind} Company",
    ),
    kinds=_words(
        "Joinery Bakeries Logistics Catering Engineering Print Pharmacies Hotels "
        "Garden_Centres Builders Packaging Schools Laundry Dairy Motors Electrical Interiors "
        "Foods Clinics Timber Fisheries Event_Services Care_Homes Breweries"
    ),
    roots=_pairs(
        "Oakfield Brightwater Harrowgate Pembroke Ashdown Kingsway Northbank Silverbeck Wexcombe "
        "Fairhaven Longmeadow Redcliff Stonebridge Thornbury Westerleigh Greyfriars Larkhill "
        "Millbrook Penrose Rosewood Saltmarsh Tidewell Underhill Valewood Windrush Applegarth "
        "Beaconsmoor Coldharbour Dunmere Eastmarch Foxglove Glenmore Hazelmere Ironbridge "
        "Juniper Kestrel Lindale Moorside Netherby Orchardleigh"
    ),
    cities=_triples(
        "London/GB/EC Manchester/GB/M Leeds/GB/LS Bristol/GB/BS Glasgow/GB/G Liverpool/GB/L "
        "Dublin/IE/D Cork/IE/T Utrecht/NL/35 Rotterdam/NL/30 Hamburg/DE/20 Leipzig/DE/04 "
        "Aarhus/DK/80 Malmö/SE/21 Cardiff/GB/CF Norwich/GB/NR"
    ),
    streets=(
        "Station Road",
        "Mill Lane",
        "Dock Street",
        "Church Street",
        "Victoria Road",
        "Canal Walk",
        "Market Place",
        "Wharf Road",
        "Foundry Way",
        "High Street",
    ),
    street_pattern="{number} {street}",
    people=_people(
        "James Oliver Daniel Thomas Samuel Owen Liam Adrian Peter Simon Patrick Edward",
        "Emma Sophie Hannah Charlotte Grace Alice Fiona Judith Laura Rachel Niamh Helen",
    ),
    surnames=_triples(
        "Harrow/Harrow/harrow Finch/Finch/finch Carter/Carter/carter Bennett/Bennett/bennett "
        "Hughes/Hughes/hughes Marsh/Marsh/marsh "
        "O'Neill/O'Neill/oneill Fletcher/Fletcher/fletcher "
        "Webb/Webb/webb Chapman/Chapman/chapman Doyle/Doyle/doyle Barker/Barker/barker "
        "Lowe/Lowe/lowe Sutton/Sutton/sutton Griffin/Griffin/griffin Hartley/Hartley/hartley "
        "Visser/Visser/visser Jansen/Jansen/jansen Lindqvist/Lindqvist/lindqvist "
        "Sørensen/Sørensen/sorensen Krüger/Krüger/kruger Weiß/Weiß/weiss Byrne/Byrne/byrne "
        "Quinn/Quinn/quinn"
    ),
    name_pattern="{given} {surname}",
)

RUSSIAN = Vocabulary(
    language="ru",
    patterns=(
        "ООО «{root}»",
        "АО «{root}-{kind}»",
        "ООО «{kind} {root}»",
        "ТД «{root}»",
        "ИП {surname}",
        "ООО «{root} {kind}»",
    ),
    kinds=_words("Строй Сервис Торг Логистик Мебель Полиграф Агро Энерго Фарма Пак Авто Текстиль"),
    roots=_pairs(
        "Северный_Лес=severny-les Волга=volga Рассвет=rassvet Меркурий=merkury Альтаир=altair "
        "Берёзка=berezka Гранат=granat Заря=zarya Искра=iskra "
        "Каскад=kaskad Ладога=ladoga Маяк=mayak "
        "Невский=nevsky Орион=orion Парус=parus Родник=rodnik Сокол=sokol Тайга=tayga Урал=ural "
        "Форпост=forpost Хорс=hors Чайка=chayka Эталон=etalon Янтарь=yantar Алатау=alatau "
        "Степной_Ветер=stepnoy-veter Журавль=zhuravl Щит=schit Ёлка=yolka Подкова=podkova"
    ),
    cities=_triples(
        "Алматы/KZ/050 Астана/KZ/010 Караганда/KZ/100 Рига/LV/LV-10 Казань/RU/420 "
        "Екатеринбург/RU/620 Новосибирск/RU/630 Самара/RU/443 Шымкент/KZ/160 Даугавпилс/LV/LV-54"
    ),
    streets=(
        "Садовая",
        "Заводская",
        "Речная",
        "Лесная",
        "Вокзальная",
        "Складская",
        "Парковая",
        "Мира",
    ),
    street_pattern="ул. {street}, д. {number}",
    people=_people(
        "Алексей Дмитрий Сергей Андрей Михаил Игорь Николай Владимир Фёдор Юрий",
        "Елена Ольга Наталья Ирина Татьяна Светлана Марина Юлия Анастасия Людмила",
    ),
    surnames=_triples(
        "Иванов/Иванова/ivanov Кузнецов/Кузнецова/kuznetsov Соколов/Соколова/sokolov "
        "Попов/Попова/popov Лебедев/Лебедева/lebedev Новиков/Новикова/novikov "
        "Морозов/Морозова/morozov Волков/Волкова/volkov Зайцев/Зайцева/zaytsev "
        "Павлов/Павлова/pavlov Семёнов/Семёнова/semenov Голубев/Голубева/golubev "
        "Виноградов/Виноградова/vinogradov Щербаков/Щербакова/scherbakov Ким/Ким/kim "
        "Ахметов/Ахметова/akhmetov Озолс/Озола/ozols Жуков/Жукова/zhukov"
    ),
    name_pattern="{given} {surname}",
)

CHINESE = Vocabulary(
    language="zh-hans",
    patterns=(
        "{city}{root}{kind}有限公司",
        "{root}{kind}集团",
        "{city}{root}{kind}股份有限公司",
        "{root}{kind}（{city}）有限公司",
        "{city}{root}{kind}厂",
    ),
    kinds=_words("贸易 机械 包装 食品 电子 物流 印刷 建材 医药 纺织 家具 酒店用品 五金 环保 文具"),
    roots=_pairs(
        "恒盛=hengsheng 华兴=huaxing 瑞丰=ruifeng 金桥=jinqiao "
        "东方=dongfang 鸿运=hongyun 永安=yongan "
        "天成=tiancheng 明达=mingda 同心=tongxin 海润=hairun 锦绣=jinxiu 博远=boyuan 嘉禾=jiahe "
        "新泰=xintai 长青=changqing 和顺=heshun 万通=wantong "
        "启航=qihang 星源=xingyuan 汇宏=huihong "
        "润泽=runze 德信=dexin 宏图=hongtu 佳美=jiamei 凯旋=kaixuan 立群=liqun 百川=baichuan"
    ),
    cities=_triples(
        "上海/CN/200 杭州/CN/310 深圳/CN/518 苏州/CN/215 宁波/CN/315 青岛/CN/266 成都/CN/610 "
        "武汉/CN/430 厦门/CN/361 南京/CN/210 新加坡/SG/0"
    ),
    streets=("人民路", "中山路", "建设大道", "工业园路", "解放街", "滨江路", "科技路", "长安街"),
    street_pattern="{street}{number}号",
    people=_people(
        "伟 强 磊 军 洋 勇 杰 涛 明 超 志远 建国",
        "芳 娜 敏 静 丽 艳 秀英 霞 雪梅 婷 晓燕 慧",
    ),
    surnames=_triples(
        "王/王/wang 李/李/li 张/张/zhang 刘/刘/liu 陈/陈/chen 杨/杨/yang 赵/赵/zhao 黄/黄/huang "
        "周/周/zhou 吴/吴/wu 徐/徐/xu 孙/孙/sun 马/马/ma 朱/朱/zhu "
        "胡/胡/hu 郭/郭/guo 何/何/he 林/林/lin"
    ),
    name_pattern="{surname}{given}",
)

# How often customers of a wholesaler in Poland come from each.
SHARES: dict[Vocabulary, float] = {POLISH: 0.46, ENGLISH: 0.26, RUSSIAN: 0.14, CHINESE: 0.14}
INDUSTRIES = (
    "Construction",
    "Food production",
    "Hotels and catering",
    "Health care",
    "Logistics",
    "Machinery",
    "Printing and packaging",
    "Public sector",
    "Retail",
    "Education",
    "Agriculture",
    "Furniture",
)
POSITIONS = (
    "Purchasing manager",
    "Buyer",
    "Managing director",
    "Head of production",
    "Finance director",
    "Warehouse manager",
    "Office manager",
    "Technical director",
    "Quality manager",
    "Assistant to the board",
)
