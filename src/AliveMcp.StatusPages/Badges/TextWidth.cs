namespace AliveMcp.StatusPages.Badges;

/// <summary>How wide a text runs in Verdana, the badge's font, without having the font: advance widths of ASCII in 1/2048 em.</summary>
internal static class TextWidth
{
    private const int Em = 2048;

    private static readonly short[] Ascii =
    [
        .. new short[] { 720, 806, 940, 1676, 1302, 2204, 1488, 550, 930, 930, 1302, 1676, 745, 930, 745, 930 },
        .. new short[] { 1302, 1302, 1302, 1302, 1302, 1302, 1302, 1302, 1302, 1302, 930, 930, 1676, 1676, 1676, 1117 },
        .. new short[] { 2048, 1400, 1404, 1430, 1578, 1295, 1177, 1588, 1539, 862, 931, 1419, 1140, 1726, 1532, 1612 },
        .. new short[] { 1235, 1612, 1424, 1400, 1262, 1499, 1400, 2025, 1403, 1260, 1403, 930, 930, 930, 1676, 1302 },
        .. new short[] { 1302, 1230, 1276, 1067, 1276, 1220, 720, 1276, 1296, 562, 705, 1212, 562, 1992, 1296, 1243 },
        .. new short[] { 1276, 1276, 874, 1067, 807, 1296, 1212, 1676, 1212, 1212, 1076, 1300, 930, 1300, 1676 },
    ];

    /// <summary>In pixels at the given size; what is not ASCII counts as a full em, so that nothing is ever cut.</summary>
    public static double Of(string text, double size)
    {
        var units = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            units += rune.Value is >= ' ' and <= '~' ? Ascii[rune.Value - ' '] : Em;
        }

        return units * size / Em;
    }
}
