using System.Globalization;

namespace AliveMcp.Cli;

/// <summary>How long something goes on, as people type it: <c>90m</c>, <c>2h</c>, <c>1h30m</c>, <c>7d</c>.</summary>
internal static class Lengths
{
    /// <returns>Null: it is none.</returns>
    public static TimeSpan? Parse(string text)
    {
        var (length, digits) = (TimeSpan.Zero, "");
        foreach (var letter in text)
        {
            if (char.IsAsciiDigit(letter) && digits.Length < 6)
            {
                digits += letter;
                continue;
            }

            if (digits.Length == 0 || UnitOf(letter) is not { } unit)
            {
                return null;
            }

            length += int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) * unit;
            digits = "";
        }

        return digits.Length == 0 && length > TimeSpan.Zero ? length : null;
    }

    private static TimeSpan? UnitOf(char letter) =>
        letter switch
        {
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => null,
        };
}
