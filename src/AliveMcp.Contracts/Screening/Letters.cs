using System.Text;

namespace AliveMcp.Contracts.Screening;

/// <summary>The writing system of a letter, as far as look-alikes and joiners need it.</summary>
internal enum Script
{
    /// <summary>Digits, punctuation, marks: at home in every script.</summary>
    None,
    Latin,
    Greek,
    Cyrillic,

    /// <summary>Letters whose words use joiners and marks of direction: Arabic, Hebrew, Syriac, the scripts of India, Khmer, Mongolian.</summary>
    Joining,
    Other,
}

/// <summary>What is known of single characters. The look-alikes are the part of UTS #39's confusables that imitates Latin letters.</summary>
internal static class Letters
{
    // Each pair: the imitating letter, the Latin letter it imitates.
    private const string Cyrillic = "аaсcԁdеeһhіiјjӏlоoрpԛqѕsүyуyѵvԝwхxкkАAВBЕEКKМMНHОOРPСCТTУYХXЅSІIЈJԚQԜWҮYӀI";
    private const string Greek = "αaγyιiκkνvοoρpυuϲcϳjΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹCͿJ";
    private const string Latin = "ıiɑaɡgɩiᴄcᴏoᴠvᴡwᴢzⅠIⅤVⅩXⅬLⅭCⅮDⅯMⅰiⅴvⅹxⅼlⅽcⅾdⅿmℓlℯeℴoǀl";

    private static readonly Dictionary<int, char> LookAlikes = Table(Cyrillic, Greek, Latin);

    /// <summary>The Latin letter that a character imitates; itself when it imitates none.</summary>
    public static int Imitated(int value) =>
        value switch
        {
            < 0x80 => value,
            // Full-width forms of printable ASCII.
            >= 0xFF01 and <= 0xFF5E => value - 0xFEE0,
            // Mathematical letters come in alphabets of 26 capitals and 26 small ones.
            >= 0x1D400 and <= 0x1D6A3 => Alphabet(value - 0x1D400),
            >= 0x24B6 and <= 0x24E9 => Alphabet(value - 0x24B6),
            _ => LookAlikes.TryGetValue(value, out var letter) ? letter : value,
        };

    public static Script ScriptOf(Rune rune) =>
        !Rune.IsLetter(rune)
            ? Script.None
            : rune.Value switch
            {
                < 0x0250 or (>= 0x1D00 and <= 0x1DBF) or (>= 0x1E00 and <= 0x1EFF) => Script.Latin,
                (>= 0x0370 and <= 0x03FF) or (>= 0x1F00 and <= 0x1FFF) => Script.Greek,
                (>= 0x0400 and <= 0x052F) or (>= 0x1C80 and <= 0x1C8F) => Script.Cyrillic,
                (>= 0x0590 and <= 0x0DFF)
                or (>= 0x1780 and <= 0x18AF)
                or (>= 0xFB1D and <= 0xFDFF)
                or (>= 0xFE70 and <= 0xFEFC) => Script.Joining,
                _ => Script.Other,
            };

    /// <summary>Full-width, mathematical and circled letters: Latin letters in disguise, never needed in a name.</summary>
    public static bool IsDisguised(int value) =>
        value
            is (>= 0xFF21 and <= 0xFF3A)
                or (>= 0xFF41 and <= 0xFF5A)
                or (>= 0x1D400 and <= 0x1D6A3)
                or (>= 0x24B6 and <= 0x24E9);

    /// <summary>Written from right to left.</summary>
    public static bool IsRightToLeft(int value) =>
        value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC);

    /// <summary>Pictures, and the signs that a variation selector turns into pictures.</summary>
    public static bool IsPicture(int value) =>
        value
            is 0x23
                or 0x2A
                or (>= 0x30 and <= 0x39)
                or 0xA9
                or 0xAE
                or (>= 0x2000 and <= 0x2BFF)
                or (>= 0x3030 and <= 0x303D)
                or (>= 0x3297 and <= 0x3299)
                or (>= 0x1F000 and <= 0x1FAFF);

    public static bool IsIdeograph(int value) =>
        value is (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private static int Alphabet(int index)
    {
        var letter = index % 52;
        return letter < 26 ? 'A' + letter : 'a' + letter - 26;
    }

    private static Dictionary<int, char> Table(params ReadOnlySpan<string> pairs)
    {
        var table = new Dictionary<int, char>();
        foreach (var text in pairs)
        {
            for (var at = 0; at + 1 < text.Length; at += 2)
            {
                table[text[at]] = text[at + 1];
            }
        }

        return table;
    }
}
