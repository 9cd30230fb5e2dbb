namespace AliveMcp.Contracts.Screening;

/// <summary>The turns of speech that speak to a model instead of describing a tool. Ordinary descriptions that came close are in the tests.</summary>
internal static class PhraseBook
{
    private const string Ignore = "ignore_instructions";
    private const string Hide = "hide_from_user";
    private const string Precedence = "claims_precedence";
    private const string Role = "role_override";
    private const string Secret = "asks_for_secret";
    private const string Talk = "asks_for_conversation";

    private static readonly Phrase[] Phrases =
    [
        new(
            Ignore,
            "ignore|disregard|forget|discard|bypass 3 previous|prior|above|earlier|preceding|foregoing|original|system|safety|developer|your 2 instruction|instructions|prompt|prompts|guideline|guidelines|directive|directives|guardrails|policies|rules|restrictions"
        ),
        new(Ignore, "ignore|disregard|forget 1 all|any 2 instructions|prompts|guidelines|directives|guardrails"),
        new(Ignore, "override 2 previous|prior|safety|earlier 2 instructions|prompts|guidelines|rules"),
        new(Ignore, "ignore|disregard|forget 2 previous|prior|earlier 1 messages|context|conversation|commands"),
        new(Ignore, "ignore|disregard|forget everything 3 above|before|previously|told|said|know"),
        new(
            Ignore,
            "not|don't|never|stop follow|following|obey|obeying 2 previous|prior|system|user|user's|users 2 instructions|requests|prompt"
        ),
        new(
            Ignore,
            "ignoriere|ignorieren|vergiss|vergessen|missachte 3 vorherigen|vorherige|bisherigen|obigen|früheren|alle 2 anweisungen|instruktionen|regeln|befehle"
        ),
        new(
            Ignore,
            "ignorez|ignore|ignorer|oubliez|oublie 3 instructions|consignes|directives 2 précédentes|antérieures|ci"
        ),
        new(Ignore, "ignora|ignore|ignorar|olvida|olvide 3 instrucciones|reglas|órdenes 2 anteriores|previas"),
        new(Ignore, "ignore|ignora|ignorar|esqueça|esquece 3 instruções|regras 2 anteriores|prévias"),
        new(Ignore, "ignora|ignorate|dimentica|ignorare 3 istruzioni|regole 2 precedenti"),
        new(Ignore, "игнорируй|игнорируйте|забудь|забудьте 3 предыдущие|прежние|прошлые 2 инструкции|указания|правила"),
        new(Hide, "not|don't|never 1 tell|inform|alert|warn 1 user|users|human"),
        new(Hide, "not|don't|never 1 mention|reveal|disclose|admit 6 to 1 user|users|human|anyone"),
        new(Hide, "without 1 telling|informing|mentioning|revealing|alerting 4 user|human"),
        new(Hide, "hide|conceal|keep this|it|that|these|them 4 from 1 user|users|human"),
        new(Hide, "user|human 1 must|should|need|may not|never 1 know|notice|see|learn|find"),
        new(Hide, "secretly 3 send|read|include|copy|forward|upload|collect|call|pass|add"),
        new(Hide, "sag|sage|sagen|erwähne|erzähle 4 benutzer|nutzer|anwender 2 nicht|nichts"),
        new(Hide, "ne|n'informez 3 dites|dis|mentionnez|informez 4 utilisateur|l'utilisateur"),
        new(Hide, "no 2 digas|menciones|informes|reveles|diga|mencione 5 usuario"),
        new(Hide, "não 2 diga|mencione|informe|revele|conte 5 usuário"),
        new(Hide, "не 2 говори|сообщай|говорите|сообщайте|упоминай 4 пользователю"),
        new(Precedence, "before|prior 3 any|every|all|other 2 tool|tools"),
        new(Precedence, "always 1 call|use|invoke|run this 2 first|before"),
        new(Precedence, "must 1 be called|used|run|invoked first|before|whenever 3 any|every|all|other|each"),
        new(Precedence, "instead of 2 other|any|all 2 tool|tools"),
        new(Precedence, "before|after 2 every|each 1 message|response|reply|answer|turn|question"),
        new(Precedence, "use|call 3 for 1 all|every 1 requests|request|questions|question|messages|message|tasks|task"),
        new(Precedence, "not|don't|never 1 use|call|trust 2 other|another|any 2 tool|tools|server|servers"),
        new(
            Role,
            "you are now 1 a|an|in|the|dan 3 assistant|agent|admin|administrator|mode|model|system|developer|expert|hacker|root|dan"
        ),
        new(Role, "from now on 2 you|always|never|respond|act|answer|all|every"),
        new(Role, "act|behave|respond 1 as 2 system|administrator|root|dan|jailbroken"),
        new(Role, "enter|enable|activate 1 dan|jailbreak|god mode"),
        new(Role, "your 1 new|real|true|actual 1 instructions|goal|task|purpose|role"),
        new(Role, "new|updated system prompt|instructions"),
        new(
            Secret,
            "send|include|pass|attach|paste|append|forward|upload|embed|leak|exfiltrate|put 4 any|user's|users|their|known|found|all 2 password|passwords|credential|credentials|secret|secrets|apikey|apikeys"
        ),
        new(
            Secret,
            "send|include|pass|attach|paste|append|forward|upload|embed|leak|exfiltrate|put 4 any|user's|their|known|all 2 api|access|private|ssh|secret|auth|session key|keys|token|tokens"
        ),
        new(Secret, "contents|content|values 2 environment|env variables|vars"),
        new(Secret, "ask|prompt 2 user 3 password|passwords|pin|cvv|passphrase"),
        new(Secret, "seed|recovery|mnemonic phrase|words 6 send|include|pass|provide|paste|enter"),
        new(Secret, "send|include|pass|provide|paste|enter 4 seed|recovery|mnemonic phrase"),
        new(
            Talk,
            "send|include|pass|append|copy|put|paste|attach|forward|share|reveal|repeat|print|output 4 your|system|developer 1 prompt|instructions"
        ),
        new(
            Talk,
            "send|include|pass|append|copy|put|paste|attach|forward 3 entire|full|whole|complete|previous|our|this|all 2 conversation|chat|dialogue"
        ),
        new(Talk, "send|include|pass|append|copy|put|paste|attach|forward 4 conversation|chat history|log|transcript"),
    ];

    private static readonly Dictionary<string, Phrase[]> ByStarter = Phrases
        .SelectMany(phrase => phrase.Starters.Select(word => (Word: word, Phrase: phrase)))
        .GroupBy(pair => pair.Word, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Select(pair => pair.Phrase).ToArray(), StringComparer.Ordinal);

    /// <summary>Turns of speech of scripts without spaces, and marks that imitate the frame around a prompt; in folded letters.</summary>
    private static readonly (string Code, string Mark)[] Marks =
    [
        (Ignore, "忽略之前"),
        (Ignore, "忽略以上"),
        (Ignore, "忽略先前"),
        (Ignore, "忽略所有指令"),
        (Ignore, "无视之前"),
        (Ignore, "以前の指示を無視"),
        (Ignore, "これまでの指示を無視"),
        (Ignore, "上記の指示を無視"),
        (Ignore, "이전 지시를 무시"),
        (Hide, "不要告诉用户"),
        (Hide, "请勿告知用户"),
        (Hide, "别告诉用户"),
        (Hide, "ユーザーに伝えない"),
        (Hide, "ユーザーには伝えない"),
        (Hide, "사용자에게 말하지"),
        (Tag, "<important>"),
        (Tag, "<system>"),
        (Tag, "</system>"),
        (Tag, "<system_prompt>"),
        (Tag, "<instructions>"),
        (Tag, "<instruction>"),
        (Tag, "<secret>"),
        (Tag, "<hidden>"),
        (Tag, "<admin>"),
        (Tag, "<critical>"),
        (Tag, "<override>"),
        (Tag, "<assistant>"),
        (Tag, "<|im_start|>"),
        (Tag, "<|im_end|>"),
        (Tag, "<|system|>"),
        (Tag, "<|user|>"),
        (Tag, "<|assistant|>"),
        (Tag, "<|endoftext|>"),
        (Tag, "[inst]"),
        (Tag, "[/inst]"),
        (Tag, "<<sys>>"),
        (Tag, "[system]"),
        (Tag, "### system"),
        (Tag, "### instruction:"),
        (Tag, "[important instruction"),
        (Tag, "</tool_description>"),
        (Tag, "</description>"),
        (Tag, "</tools>"),
        (Tag, "begin system prompt"),
        (Tag, "\n\nsystem:"),
        (Tag, "\n\nhuman:"),
        (Tag, "\n\nassistant:"),
    ];

    private const string Tag = "instruction_tag";

    /// <summary>Every code with the words that gave it away, as places in the folded text; the first of each code.</summary>
    public static IEnumerable<(string Code, int Start, int End)> Find(FoldedText text)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        var starters = ByStarter.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var word = 0; word < text.Words.Count; word++)
        {
            if (!starters.TryGetValue(text[word], out var phrases))
            {
                continue;
            }

            foreach (var phrase in phrases)
            {
                if (!told.Contains(phrase.Code) && phrase.EndFrom(text, word) is var end and >= 0)
                {
                    told.Add(phrase.Code);
                    yield return (phrase.Code, text.Words[word].Start, text.Words[end].End);
                }
            }
        }

        foreach (var (code, mark) in Marks)
        {
            if (text.Letters.Span.IndexOf(mark) is var at and >= 0 && told.Add(code))
            {
                yield return (code, at, at + mark.Length);
            }
        }

        if (SecretFiles.Find(text) is { } file)
        {
            yield return file;
        }
    }
}
