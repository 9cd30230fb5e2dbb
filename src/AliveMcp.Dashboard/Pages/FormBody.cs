using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Dashboard.Pages;

/// <summary>Makes of a form the body that the API takes, so that one set of rules judges both. What was left empty is left out.</summary>
internal static class FormBody
{
    public static JsonElement Of(IFormCollection form, params IReadOnlyList<string> fields)
    {
        var body = new JsonObject();
        foreach (var field in fields)
        {
            if (form.Text(field) is { Length: > 0 } text)
            {
                body[field] = text;
            }
        }

        return Of(body);
    }

    public static JsonElement Of(JsonNode body)
    {
        using var document = JsonDocument.Parse(body.ToJsonString());
        return document.RootElement.Clone();
    }

    /// <summary>A field as it is meant: without space around it, its lines put into one.</summary>
    public static string Text(this IFormCollection form, string field) =>
        form[field].ToString().ReplaceLineEndings(" ").Trim();

    /// <summary>What is wrong with a field, as it is read beside that field: without the field's name, which is the API's.</summary>
    public static Problem Beside(this Problem problem, string? field) =>
        problem.Field is { } named && problem.Message.StartsWith(named + " ", StringComparison.Ordinal)
            ? problem with
            {
                Field = field,
                Message = "This" + problem.Message[named.Length..],
            }
            : problem with
            {
                Field = field,
            };

    /// <summary>Says that a text is missing, unless something was said of it already.</summary>
    public static void Need(this BodyFields fields, string field, string? value, string why)
    {
        if (value is null && fields.Problems.TrueForAll(problem => problem.Field != field))
        {
            fields.Refuse(field, field + "_missing", $"is missing: {why}");
        }
    }
}
