// A button beside each block of code that copies it. Without script there is none, and all else is the same.
for (const block of document.querySelectorAll('.article-body .highlight, .article-body > pre')) {
  const code = block.querySelector('code') ?? block;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy-code';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(code.textContent.trimEnd());
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
  block.prepend(button);
}

// The page that is read, in sight among all pages.
{
  const side = document.querySelector('.side');
  const here = side.querySelector('[aria-current]');
  if (here && side.scrollHeight > side.clientHeight) {
    side.scrollTop += here.getBoundingClientRect().top - side.getBoundingClientRect().top - side.clientHeight / 2;
  }
}
