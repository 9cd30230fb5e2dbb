namespace AliveMcp.Contracts.Screening;

/// <summary>Files that hold secrets: to name one is ordinary, to ask for what is in it is not.</summary>
internal static class SecretFiles
{
    private static readonly string[] Files =
    [
        "~/.ssh",
        ".ssh/",
        "id_rsa",
        "id_ed25519",
        "/etc/passwd",
        "/etc/shadow",
        ".aws/credentials",
        ".cursor/mcp.json",
        "mcp.json",
        "claude_desktop_config",
        ".bash_history",
        ".zsh_history",
        ".git-credentials",
        ".netrc",
        ".npmrc",
        ".pypirc",
        ".kube/config",
        ".env",
        ".docker/config.json",
        "wallet.dat",
    ];

    private static readonly HashSet<string> Fetches = new(
        [
            "read",
            "cat",
            "open",
            "include",
            "pass",
            "send",
            "attach",
            "upload",
            "paste",
            "copy",
            "append",
            "fetch",
            "contents",
            "content",
            "exfiltrate",
            "dump",
        ],
        StringComparer.Ordinal
    );

    /// <summary>A file that holds secrets is spoken of, and something is to be done with what is in it.</summary>
    public static (string Code, int Start, int End)? Find(FoldedText text)
    {
        foreach (var file in Files)
        {
            if (Named(text, file) is var at and >= 0 && Fetched(text, at) is var word and >= 0)
            {
                return ("asks_for_file", text.Words[word].Start, at + file.Length);
            }
        }

        return null;
    }

    private static int Named(FoldedText text, string file)
    {
        var letters = text.Letters.Span;
        for (var from = 0; letters[from..].IndexOf(file) is var step and >= 0; from += file.Length)
        {
            from += step;
            // Not the beginning of a longer word: ".env" is not ".environment".
            var end = from + file.Length;
            if (end == letters.Length || !char.IsLetterOrDigit(letters[end]) || !char.IsLetterOrDigit(file[^1]))
            {
                return from;
            }
        }

        return -1;
    }

    /// <summary>The word among the eight before a place that asks for what is there; -1 when none does.</summary>
    private static int Fetched(FoldedText text, int place)
    {
        var lookup = Fetches.GetAlternateLookup<ReadOnlySpan<char>>();
        var last = -1;
        for (var word = 0; word < text.Words.Count && text.Words[word].Start < place; word++)
        {
            last = word;
        }

        for (var word = last; word >= 0 && word > last - 9; word--)
        {
            if (text.Words[word].Sentence != text.Words[last].Sentence)
            {
                break;
            }

            if (lookup.Contains(text[word]))
            {
                return word;
            }
        }

        return -1;
    }
}
