using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Tests.Messages;

public sealed class AlertWordsTests
{
    [Fact]
    public void Every_kind_has_a_word_of_its_own_that_leads_back_to_it()
    {
        foreach (var kind in Enum.GetValues<AlertKind>())
        {
            Assert.True(AlertWords.TryParse(kind.Word(), out AlertKind back));
            Assert.Equal(kind, back);
            Assert.NotEmpty(kind.Label());
        }
    }

    [Fact]
    public void Every_type_has_a_word_of_its_own_that_leads_back_to_it()
    {
        foreach (var type in Enum.GetValues<AlertType>())
        {
            Assert.True(AlertWords.TryParse(type.Word(), out AlertType back));
            Assert.Equal(type, back);
        }
    }

    [Fact]
    public void A_word_that_nobody_knows_is_no_kind() => Assert.False(AlertWords.TryParse("outrage", out AlertKind _));
}
