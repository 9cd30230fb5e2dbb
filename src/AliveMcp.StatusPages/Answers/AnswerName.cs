using AliveMcp.StatusPages.Badges;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.StatusPages.Answers;

/// <summary>Which of a standing's answers: its form, and for those with links in them, by what name the asker calls us. Made without allocating.</summary>
/// <param name="Form">Page, embed, or a badge's variant, style and colours.</param>
/// <param name="Scheme">Empty when the answer is the same for everybody.</param>
/// <param name="Host">As the asker sent it, not yet checked.</param>
/// <param name="Part">Which of several of this form, for example a month; empty when there is one.</param>
internal readonly record struct AnswerName(int Form, string Scheme, string Host, string Part = "")
{
    private const int Page = 0;
    private const int Embed = 1;
    private const int Incidents = 2;
    private const int FirstBadge = 3;

    public static AnswerName OfPage(HttpRequest request, StatusPagesOptions options) => Of(Page, request, options);

    /// <summary>Incidents of a month, or one of them, as a page or a feed.</summary>
    /// <param name="part">For example <c>2026-11</c>, <c>17</c>, <c>atom</c>.</param>
    /// <param name="request">How we were called.</param>
    /// <param name="options">Whether that matters.</param>
    public static AnswerName OfIncidents(string part, HttpRequest request, StatusPagesOptions options) =>
        Of(Incidents, request, options) with
        {
            Part = part,
        };

    public static AnswerName OfEmbed(HttpRequest request, StatusPagesOptions options) => Of(Embed, request, options);

    public static AnswerName OfBadge(BadgeAsk ask, bool isJson) =>
        new(
            FirstBadge + ((int)ask.Variant * 16) + ((int)ask.Style * 4) + (ask.IsDark ? 2 : 0) + (isJson ? 1 : 0),
            "",
            ""
        );

    private static AnswerName Of(int form, HttpRequest request, StatusPagesOptions options) =>
        options.PublicUrl is null ? new(form, request.Scheme, request.Host.Value ?? "") : new(form, "", "");
}
