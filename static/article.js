// What makes an article handier. Without it the page has all the same words and links.

// The address goes to the clipboard, on a telephone to whatever its owner shares with; citations
// go to the clipboard. Who hears the page is told, too.
{
  const status = document.createElement('p');
  status.className = 'unseen';
  status.setAttribute('role', 'status');
  document.body.append(status);

  const shares = navigator.share && matchMedia('(pointer: coarse)').matches;
  const textOf = ({ dataset, value }) => value || document.getElementById(dataset.of).textContent.trim();
  const copy = async (button) => {
    await navigator.clipboard.writeText(textOf(button));
    const { textContent: label, dataset: { copied } } = button;
    if (label === copied) return;
    status.textContent = button.textContent = copied;
    setTimeout(() => {
      button.textContent = label;
      status.textContent = '';
    }, 2000);
  };
  const share = (button) => navigator.share({ title: document.querySelector('h1').textContent, url: button.value });
  for (const button of document.querySelectorAll('button.copy')) {
    const act = shares && button.value ? share : copy;
    if (act === share) button.textContent = button.dataset.share;
    button.addEventListener('click', () => act(button).catch((error) => {
      if (error.name !== 'AbortError') button.disabled = true; // the browser forbids it
    }));
  }
}

// Contents that stand beside the text are open, and tell where the reader is.
{
  const contents = document.querySelector('.toc');
  if (contents) {
    contents.open = getComputedStyle(contents).position === 'sticky';
    const links = [...contents.querySelectorAll('a')];
    const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    const mark = () => {
      const here = headings.findLastIndex((heading) => heading?.getBoundingClientRect().top < innerHeight / 3);
      links.forEach((link, index) => {
        if (index === here) link.setAttribute('aria-current', 'location');
        else link.removeAttribute('aria-current');
      });
    };
    const observer = new IntersectionObserver(mark, { rootMargin: '0px 0px -66% 0px' });
    for (const heading of headings) if (heading) observer.observe(heading);
  }
}
