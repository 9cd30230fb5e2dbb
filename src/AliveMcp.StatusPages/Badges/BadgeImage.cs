using System.Text.Encodings.Web;
using AliveMcp.StatusPages.Looks;
using AliveMcp.StatusPages.Pages;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Badges;

/// <summary>Draws a badge: label, mark and message. Text and mark tell the state; the colour only repeats it.</summary>
internal static class BadgeImage
{
    private const double Mark = 10;

    /// <summary>Sizes of a style, in pixels.</summary>
    private sealed record Measures(
        int Height,
        double Font,
        double Padding,
        int Corner,
        double Spacing,
        double Boldness
    );

    public static string Draw(BadgeText text, BadgeAsk ask)
    {
        var isLoud = ask.Style == BadgeStyle.ForTheBadge;
        var sizes = ask.Style switch
        {
            BadgeStyle.ForTheBadge => new Measures(28, 10, 12, 4, 1.2, 1.14),
            BadgeStyle.FlatSquare => new Measures(20, 11, 6, 0, 0, 1),
            _ => new Measures(20, 11, 6, 4, 0, 1),
        };
        var label = isLoud ? text.Label.ToUpperInvariant() : text.Label;
        var message = isLoud ? text.Message.ToUpperInvariant() : text.Message;
        var labelText = Width(label, sizes);
        var messageText = Width(message, sizes);
        var left = Math.Ceiling(labelText + (2 * sizes.Padding));
        var right = Math.Ceiling(messageText + Mark + 4 + (2 * sizes.Padding));
        var middle = sizes.Height / 2.0;
        var baseline = middle + (sizes.Font * 0.36);
        var markAt = left + sizes.Padding - 1;
        var title = Encode(text.Title);

        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Figures.Svg(
                left + right
            )}" height="{sizes.Height}" role="img" aria-label="{title}" data-state="{StateWords.Word(
                text.State
            )}"><title>{title}</title>{Ground(left, right, sizes, ask, text.State)}<path d="{StateShapes.Mark(
                text.State
            )}" transform="translate({Figures.Svg(markAt)} {Figures.Svg(
                middle - 5
            )})" fill="none" stroke="#fff" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/><g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="{Figures.Svg(
                sizes.Font
            )}"{(isLoud ? " font-weight=\"bold\"" : "")}>{Text(label, sizes.Padding, baseline, labelText)}{Text(
                message,
                markAt + Mark + 4,
                baseline,
                messageText
            )}</g></svg>
            """;
    }

    /// <summary>Two grounds with the outer corners round; paths, so that several badges in one page share no ids.</summary>
    private static string Ground(double left, double right, Measures sizes, BadgeAsk ask, ServerState state)
    {
        var (h, c) = (sizes.Height, sizes.Corner);
        var (l, r) = (Figures.Svg(left - c), Figures.Svg(right - c));
        var labelColor = ask.IsDark ? "#30363d" : "#4b5158";
        return $"""
            <path fill="{labelColor}" d="M{c} 0h{l}v{h}h-{l}a{c} {c} 0 0 1-{c}-{c}V{c}a{c} {c} 0 0 1 {c}-{c}z"/><path fill="{StateWords.Of(
                state
            ).Color}" d="M{Figures.Svg(left)} 0h{r}a{c} {c} 0 0 1 {c} {c}v{h - (2 * c)}a{c} {c} 0 0 1-{c} {c}h-{r}z"/>
            """;
    }

    private static string Text(string text, double x, double baseline, double width) =>
        $"""<text x="{Figures.Svg(x)}" y="{Figures.Svg(baseline)}" textLength="{Figures.Svg(width)}">{Encode(text)}</text>""";

    private static double Width(string text, Measures sizes) =>
        (TextWidth.Of(text, sizes.Font) * sizes.Boldness) + (text.Length * sizes.Spacing);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
