using System.Buffers;

namespace AliveMcp.Contracts.Screening;

/// <summary>Keys and tokens that stand in a text by mistake, known by the shape their issuers give them. Examples of documentation are left alone.</summary>
internal static class LeakedSecrets
{
    private static readonly SearchValues<char> TokenLetters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    );

    /// <summary>How a token begins, how many letters follow at least, and what it is.</summary>
    private static readonly (string Start, int Least, string What)[] Shapes =
    [
        ("AKIA", 16, "an AWS access key"),
        ("ASIA", 16, "an AWS session key"),
        ("ghp_", 36, "a GitHub token"),
        ("gho_", 36, "a GitHub token"),
        ("ghs_", 36, "a GitHub token"),
        ("github_pat_", 40, "a GitHub token"),
        ("glpat-", 20, "a GitLab token"),
        ("sk-ant-", 32, "an Anthropic key"),
        ("sk-proj-", 32, "an OpenAI key"),
        ("sk-", 40, "an API key"),
        ("sk_live_", 20, "a Stripe key"),
        ("rk_live_", 20, "a Stripe key"),
        ("xoxb-", 24, "a Slack token"),
        ("xoxp-", 24, "a Slack token"),
        ("AIza", 35, "a Google key"),
        ("npm_", 36, "an npm token"),
        ("hf_", 32, "a Hugging Face token"),
        ("ntn_", 40, "a Notion token"),
        ("SG.", 40, "a SendGrid key"),
        ("eyJhbGciOi", 60, "a signed token"),
    ];

    private static readonly SearchValues<string> Starts = SearchValues.Create(
        [.. Shapes.Select(shape => shape.Start), "-----BEGIN "],
        StringComparison.Ordinal
    );

    /// <summary>The first secret in a text; null when there is none.</summary>
    public static (int Start, int End, string What)? Find(string text)
    {
        for (var from = 0; from < text.Length; from++)
        {
            var step = text.AsSpan(from).IndexOfAny(Starts);
            if (step < 0)
            {
                return null;
            }

            from += step;
            if (At(text, from) is { } secret)
            {
                return secret;
            }
        }

        return null;
    }

    private static (int Start, int End, string What)? At(string text, int at)
    {
        var rest = text.AsSpan(at);
        if (
            rest.StartsWith("-----BEGIN ")
            && rest[..Math.Min(rest.Length, 60)].Contains("PRIVATE KEY-----", StringComparison.Ordinal)
        )
        {
            // A header alone names the format; the key is what follows.
            return rest.Length > 120 ? (at, at + 60, "a private key") : null;
        }

        if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
        {
            return null;
        }

        foreach (var (start, least, what) in Shapes)
        {
            if (!rest.StartsWith(start, StringComparison.Ordinal))
            {
                continue;
            }

            var body = rest[start.Length..];
            var length = body.IndexOfAnyExcept(TokenLetters) is var end and >= 0 ? end : body.Length;
            if (length >= least && IsRandom(body[..length]))
            {
                return (at, at + start.Length + length, what);
            }
        }

        return null;
    }

    /// <summary>Placeholders repeat themselves or speak: real ones have many different letters, digits among them.</summary>
    private static bool IsRandom(ReadOnlySpan<char> body)
    {
        var seen = new HashSet<char>();
        foreach (var letter in body)
        {
            seen.Add(letter);
        }

        return seen.Count >= 8
            && body.ContainsAnyInRange('0', '9')
            && !body.Contains("EXAMPLE", StringComparison.OrdinalIgnoreCase)
            && !body.Contains("xxxx", StringComparison.OrdinalIgnoreCase)
            && !body.Contains("your", StringComparison.OrdinalIgnoreCase)
            && !body.Contains("12345678", StringComparison.Ordinal);
    }
}
